#include "server/http/api/browser.hpp"

#include "server/base/base64.hpp"
#include "server/http/text.hpp"

namespace heliograph::http {

std::string_view session_cookie(bool secure) {
  return secure ? "__Host-heliograph" : "heliograph";
}

std::optional<std::string> session_in_cookie(const Request& request) {
  return cookie_value(request, session_cookie(request.secure));
}

std::optional<std::string> cookie_value(const Request& request, std::string_view name) {
  for (const auto& [header, value] : request.headers) {
    if (!equals_ignoring_case(header, "Cookie")) continue;
    for (std::string_view rest = value; !rest.empty();) {
      const auto [pair, behind] = split_once(rest, ';');
      const std::string_view cookie = trim(pair);
      // Without a '=' it is a value without a name (RFC 6265bis), which anybody may have set.
      if (cookie.starts_with(name) && cookie.substr(name.size()).starts_with('=')) {
        return std::string(cookie.substr(name.size() + 1));
      }
      rest = behind;
    }
  }
  return std::nullopt;
}

std::string write_cookie(const Request& request, std::string_view name, std::string_view value,
                         std::chrono::seconds life) {
  std::string cookie(name);
  cookie.append("=").append(value).append("; Path=/; HttpOnly; SameSite=Lax; Max-Age=");
  cookie += std::to_string(life.count());
  if (request.secure) cookie += "; Secure";
  return cookie;
}

std::optional<std::string> basic_password(const Request& request) {
  const auto header = request.header("Authorization");
  if (!header) return std::nullopt;
  const auto [scheme, credentials] = split_once(trim(*header), ' ');
  if (!equals_ignoring_case(scheme, "Basic")) return std::nullopt;
  const auto decoded = from_base64(trim(credentials));
  if (!decoded) return std::nullopt;
  return std::string(split_once(*decoded, ':').second);
}

Result<void> check_origin(const Request& request) {
  const Error foreign{ErrorKind::forbidden, "this was asked for by a page of another site"};
  if (const auto site = request.header("Sec-Fetch-Site")) {
    if (*site == "same-origin" || *site == "none") return {};
    return foreign;
  }
  const auto origin = request.header("Origin");
  if (!origin) return {};
  const auto host = request.header("Host");
  const auto scheme_end = origin->find("://");
  if (host && scheme_end != std::string_view::npos &&
      equals_ignoring_case(origin->substr(scheme_end + 3), *host)) {
    return {};
  }
  return foreign;
}

}  // namespace heliograph::http
