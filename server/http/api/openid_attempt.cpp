#include "server/http/api/openid_attempt.hpp"

#include "server/http/api/numbers.hpp"

#include <algorithm>
#include <array>

namespace heliograph::http {
namespace {

// Bytes of an invitation's secret; ours have 40.
constexpr std::size_t max_link_length = 64;

bool is_host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-._:[]").find(c) != std::string_view::npos;
}

}  // namespace

std::string_view attempt_cookie(bool secure) {
  return secure ? "__Host-heliograph-openid" : "heliograph-openid";
}

std::string write_attempt(const OpenIdAttempt& attempt) {
  Target target{"/",
                {{"state", attempt.secrets.state},
                 {"nonce", attempt.secrets.nonce},
                 {"verifier", attempt.secrets.verifier},
                 {"begun", std::to_string(to_ms(attempt.begun_at))},
                 {"go", attempt.go_on},
                 {"link", attempt.link},
                 {"person", attempt.person ? to_string(*attempt.person) : ""}}};
  return write_target(target).substr(std::string_view("/?").size());
}

std::optional<OpenIdAttempt> read_attempt(std::string_view text, Timestamp now) {
  auto target = parse_target("/?" + std::string(text));
  constexpr std::array<std::string_view, 7> names{"state", "nonce", "verifier", "begun",
                                                  "go",    "link",  "person"};
  if (!target || target->query.size() != names.size()) return std::nullopt;
  std::array<std::string, names.size()> values;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (target->query[i].first != names[i]) return std::nullopt;
    values[i] = std::move(target->query[i].second);
  }
  auto& [state, nonce, verifier, begun, go_on, link, person] = values;
  if (state.empty() || nonce.empty() || verifier.empty()) return std::nullopt;
  const auto begun_ms = read_integer(begun);
  if (!begun_ms || *begun_ms < 0 || *begun_ms > to_ms(now)) return std::nullopt;
  if (now - from_ms(*begun_ms) > openid::attempt_life) return std::nullopt;
  if (!is_own_path(go_on) || link.size() > max_link_length) return std::nullopt;
  OpenIdAttempt attempt{{std::move(state), std::move(nonce), std::move(verifier)},
                        from_ms(*begun_ms),
                        std::move(go_on),
                        std::move(link),
                        parse_id<PersonId>(person)};
  if (!person.empty() && !attempt.person) return std::nullopt;
  return attempt;
}

bool is_own_path(std::string_view text) {
  const auto is_allowed = [](char c) { return c > ' ' && c < 0x7f && c != '\\' && c != '#'; };
  return text.starts_with('/') && !text.starts_with("//") && text.size() <= max_go_on_length &&
         std::ranges::all_of(text, is_allowed);
}

Result<std::string> callback_uri(const Request& request, std::string_view address) {
  constexpr std::string_view path = "/api/v1/openid/callback";
  if (!address.empty()) return std::string(address) + std::string(path);
  const std::string_view host = request.header("Host").value_or("");
  if (host.empty() || !std::ranges::all_of(host, is_host_character)) {
    return Error{ErrorKind::bad_request, "the Host field names no host"};
  }
  return (request.secure ? "https://" : "http://") + std::string(host) + std::string(path);
}

}  // namespace heliograph::http
