#include "server/http/api/push_input.hpp"

#include "server/base/base64.hpp"
#include "server/cameras/alert_kind.hpp"
#include "server/http/api/json_body.hpp"
#include "server/outbound/p256.hpp"

#include <algorithm>
#include <optional>

#include <boost/url.hpp>

namespace heliograph::http {
namespace {

constexpr std::size_t auth_bytes = 16;  // RFC 8291

Error no_subscription(std::string_view why) {
  return {ErrorKind::unprocessable, "this is no push subscription: " + std::string(why)};
}

Result<void> check_endpoint(const std::string& endpoint, std::span<const std::string> services) {
  if (endpoint.size() > max_endpoint) return no_subscription("its endpoint is too long");
  const auto url = boost::urls::parse_absolute_uri(endpoint);
  if (!url || url->scheme() != "https" || url->has_userinfo() || url->encoded_host().empty())
    return no_subscription("its endpoint is no address of a push service");
  const std::string host(url->encoded_host());
  // Boost 1.81 takes the address out of 127.0.0.1.example.org for the host; whoever connects does not.
  const std::string read = "https://" + std::string(url->encoded_authority());
  const std::size_t end = std::min(endpoint.find_first_of("/?#", read.size()), endpoint.size());
  if (!endpoint.starts_with(read) || end != read.size())
    return no_subscription("its endpoint is no address of a push service");
  if (is_among(host, services)) return {};
  // Whoever has an account could otherwise have this server ask any address.
  return no_subscription("this server does not know the push service " + host +
                         "; its owner may add it to `services` of [push] in the configuration");
}

std::optional<std::vector<std::uint8_t>> bytes_of(const boost::json::object& keys, std::string_view name) {
  const auto text = text_of(keys, name);
  const auto bytes = text ? from_base64url(*text) : std::nullopt;
  if (!bytes) return std::nullopt;
  return std::vector<std::uint8_t>(bytes->begin(), bytes->end());
}

}  // namespace

bool is_among(std::string_view host, std::span<const std::string> services) {
  return std::ranges::any_of(services, [host](std::string_view service) {
    if (!service.starts_with("*.")) return host == service;
    const std::string_view below = service.substr(1);
    return host.size() > below.size() && host.ends_with(below);
  });
}

Result<std::vector<std::string>> read_push_kinds(const boost::json::object& body) {
  const Error wrong{ErrorKind::bad_request, "`kinds` must be a list of kinds of alerts, like silent"};
  const auto* list = body.if_contains("kinds");
  if (list == nullptr || !list->is_array()) return wrong;
  std::vector<std::string> kinds;
  for (const boost::json::value& one : list->get_array()) {
    if (!one.is_string() || !cameras::parse_alert_kind(std::string_view(one.get_string()))) return wrong;
    std::string kind(one.get_string());
    if (std::ranges::find(kinds, kind) == kinds.end()) kinds.push_back(std::move(kind));
  }
  return kinds;
}

Result<PushInput> read_push_input(const boost::json::object& body, std::span<const std::string> services) {
  auto endpoint = text_of(body, "endpoint");
  if (!endpoint) return endpoint.error();
  auto kinds = read_push_kinds(body);
  if (!kinds) return kinds.error();
  const auto* keys = body.if_contains("keys");
  if (keys == nullptr || !keys->is_object()) {
    return Error{ErrorKind::bad_request, "`keys` must be an object with p256dh and auth"};
  }
  if (auto good = check_endpoint(*endpoint, services); !good) return good.error();
  auto p256dh = bytes_of(keys->get_object(), "p256dh");
  const std::string_view point =
      p256dh ? std::string_view(reinterpret_cast<const char*>(p256dh->data()), p256dh->size()) : "";
  if (!outbound::read_p256_point(point)) return no_subscription("`p256dh` is no point of P-256");
  auto auth = bytes_of(keys->get_object(), "auth");
  if (!auth || auth->size() != auth_bytes) return no_subscription("`auth` is not 16 bytes");
  return PushInput{std::move(*endpoint), std::move(*p256dh), std::move(*auth), std::move(*kinds)};
}

}  // namespace heliograph::http
