#include "server/http/plain_routes.hpp"

#include "server/http/address.hpp"
#include "server/http/response.hpp"
#include "server/http/text.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

namespace heliograph::http {
namespace {

constexpr std::uint16_t usual_https_port = 443;
// A token has 128 bits in base64url at least, and nobody makes them ten times as long.
constexpr std::size_t max_token_bytes = 256;

// Nothing of it is read; whoever sends one is told about https, not about its size.
constexpr auto any_body = std::numeric_limits<std::uint64_t>::max();

bool is_one_of(char c, std::string_view others) {
  return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') ||
         others.find(c) != std::string_view::npos;
}

bool is_token(std::string_view text) {
  return text.size() <= max_token_bytes &&
         std::ranges::all_of(text, [](char c) { return is_one_of(c, "-_"); });
}

// The name in a Host field, without the port; "" for what is none.
std::string_view host_name(std::string_view host) {
  const bool v6 = host.starts_with('[');
  const auto end = v6 ? host.find(']') : host.find(':');
  if (v6 && end == std::string_view::npos) return {};
  const std::string_view name = host.substr(0, v6 ? end + 1 : end);
  const bool sound = std::ranges::all_of(name, [](char c) { return is_one_of(c, "-._:[]"); });
  return sound ? name : std::string_view{};
}

Response redirect(const Request& request, std::uint16_t https_port) {
  const std::string_view name = host_name(request.header("Host").value_or(""));
  if (name.empty()) return problem_response({ErrorKind::bad_request, "the Host field names no host"});
  std::string location = "https://" + std::string(name);
  if (https_port != usual_https_port) location += ':' + std::to_string(https_port);
  Response response = text_response(301, "This server speaks HTTPS.");
  response.headers.emplace_back("Location", location + write_target({request.path, request.query}));
  return response;
}

Response challenge(const std::filesystem::path& webroot, const std::string& token) {
  if (webroot.empty() || !is_token(token)) {
    return problem_response({ErrorKind::not_found, "there is no such proof"});
  }
  Response response{200, "application/octet-stream", Cache::never, {}, {}};
  response.body = FileBody{webroot / ".well-known/acme-challenge" / token, token, Timestamp{}};
  return response;
}

// By value: the coroutine outlives whoever made it.
Task<Response> say(Response response) {
  co_return response;
}

}  // namespace

std::vector<Route> plain_routes(const std::filesystem::path& webroot, std::uint16_t https_port) {
  std::vector<Route> routes{
      {Method::get, "/.well-known/acme-challenge/{token}", 0,
       [=](Request& request) { return say(challenge(webroot, request.captures.front())); }},
      {Method::get, "/{rest...}", 0, [=](Request& request) { return say(redirect(request, https_port)); }}};
  for (const Method method : {Method::post, Method::put, Method::patch, Method::del, Method::options}) {
    routes.push_back(
        {method, "/{rest...}", any_body, [=](Request&) {
           return say(problem(403, "https-needed", "this server takes nothing without TLS: use https://"));
         }});
  }
  return routes;
}

std::vector<Route> only_securely(std::vector<Route> routes,
                                 const std::function<bool(const Route&)>& in_clear) {
  for (Route& route : routes) {
    if (in_clear(route)) continue;
    route.handler = [handler = std::move(route.handler)](Request& request) {
      if (request.secure || is_loopback(request.peer)) return handler(request);
      return say(
          problem(403, "https-needed",
                  "this came in clear: use https://. A proxy in front must be one of the trusted ones, "
                  "and say \"X-Forwarded-Proto: https\""));
    };
  }
  return routes;
}

}  // namespace heliograph::http
