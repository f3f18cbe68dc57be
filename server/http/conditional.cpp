#include "server/http/conditional.hpp"

#include "server/http/text.hpp"

#include <algorithm>
#include <charconv>

namespace heliograph::http {
namespace {

// Weak comparison, as If-None-Match wants it: a mere "W/" makes no difference.
bool lists_etag(std::string_view list, std::string_view etag) {
  while (!list.empty()) {
    const auto [item, rest] = split_once(list, ',');
    std::string_view candidate = trim(item);
    if (candidate == "*") return true;
    if (candidate.starts_with("W/")) candidate.remove_prefix(2);
    if (candidate.size() == etag.size() + 2 && candidate.front() == '"' && candidate.back() == '"' &&
        candidate.substr(1, etag.size()) == etag) {
      return true;
    }
    list = rest;
  }
  return false;
}

bool is_last_modified(std::string_view date, const Entity& entity) {
  return entity.modified && date == to_http_date(*entity.modified);
}

bool is_unchanged(const Request& request, const Entity& entity) {
  if (const auto list = request.header("If-None-Match")) return lists_etag(*list, entity.etag);
  const auto date = request.header("If-Modified-Since");
  return date && is_last_modified(*date, entity);
}

// A part is only of use to a client whose other part is of the same bytes: strong comparison.
bool may_have_part(const Request& request, const Entity& entity) {
  const auto condition = request.header("If-Range");
  if (!condition || is_last_modified(*condition, entity)) return true;
  return !condition->starts_with("W/") && *condition != "*" && lists_etag(*condition, entity.etag);
}

std::optional<std::uint64_t> parse_number(std::string_view text) {
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (text.empty() || stop != end || error != std::errc{}) return std::nullopt;
  return number;
}

// What one range means for `size` bytes; the whole for a text that is no single range of bytes.
Delivery decide_range(std::string_view text, std::uint64_t size) {
  constexpr Delivery unsatisfiable{416, 0, 0};
  const Delivery whole{200, 0, size};
  constexpr std::string_view unit = "bytes=";
  if (!equals_ignoring_case(text.substr(0, unit.size()), unit)) return whole;
  const auto [first_text, last_text] = split_once(trim(text.substr(unit.size())), '-');
  const auto first = parse_number(first_text);
  const auto last = parse_number(last_text);
  if ((!first && !first_text.empty()) || (!last && !last_text.empty())) return whole;

  if (!first) {  // "-500": the last 500 bytes
    if (!last) return whole;
    if (*last == 0 || size == 0) return unsatisfiable;
    const std::uint64_t length = std::min(*last, size);
    return {206, size - length, length};
  }
  if (last && *last < *first) return whole;
  if (*first >= size) return unsatisfiable;
  const std::uint64_t end = last ? std::min(*last, size - 1) + 1 : size;
  return {206, *first, end - *first};
}

}  // namespace

Delivery decide_delivery(const Request& request, const Entity& entity) {
  if (is_unchanged(request, entity)) return {304, 0, 0};
  const auto range = request.header("Range");
  const bool partly = range && request.method == Method::get && may_have_part(request, entity);
  return partly ? decide_range(*range, entity.size) : Delivery{200, 0, entity.size};
}

}  // namespace heliograph::http
