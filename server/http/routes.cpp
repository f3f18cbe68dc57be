#include "server/http/http.hpp"
#include "server/http/text.hpp"

#include <algorithm>

namespace heliograph::http {
namespace {

// Whether `path` has the shape of `pattern`; what its placeholders stand for goes to `captures`.
bool fits(std::string_view pattern, std::string_view path, std::vector<std::string>& captures) {
  captures.clear();
  while (!pattern.empty() && !path.empty()) {
    const auto [wanted, pattern_rest] = split_once(pattern.substr(1), '/');
    const auto [given, path_rest] = split_once(path.substr(1), '/');
    if (wanted.ends_with("...}")) {
      captures.emplace_back(path.substr(1));
      return true;
    }
    const bool placeholder = wanted.starts_with('{');
    if (placeholder ? given.empty() : wanted != given) return false;
    if (placeholder) captures.emplace_back(given);
    // Step over the segment and its '/', which stays as the first character of the rest.
    pattern.remove_prefix(1 + wanted.size());
    path.remove_prefix(1 + given.size());
  }
  return pattern.empty() && path.empty();
}

bool answers(Method offered, Method asked) {
  return offered == asked || (asked == Method::head && offered == Method::get);
}

}  // namespace

Match match_route(std::span<const Route> routes, Method method, std::string_view path) {
  Match match;
  std::vector<std::string> captures;
  std::string_view pattern;
  for (const Route& route : routes) {
    if (!fits(route.pattern, path, captures)) continue;
    if (pattern.empty()) pattern = route.pattern;
    if (route.pattern != pattern) continue;
    if (std::ranges::find(match.allowed, route.method) == match.allowed.end())
      match.allowed.push_back(route.method);
    if (match.route || !answers(route.method, method)) continue;
    match.route = &route;
    match.captures = std::move(captures);
  }
  return match;
}

std::string path_for_log(std::span<const Route> routes, std::string_view path) {
  for (const Route& route : routes) {
    const auto at = route.pattern.find("{key}");
    if (at == std::string::npos || path.size() <= at) continue;
    if (!path.starts_with(std::string_view(route.pattern).substr(0, at))) continue;
    return route.pattern.substr(0, at) + "***";
  }
  return std::string(path);
}

}  // namespace heliograph::http
