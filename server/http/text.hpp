// The few things HTTP wants done with texts.
#pragma once

#include <algorithm>
#include <string_view>
#include <utility>

namespace heliograph::http {

// ASCII only, as HTTP's names are; std::tolower would ask the locale.
constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

// "a/b/c" at '/' → "a" and "b/c"; without the separator → the whole and "".
constexpr std::pair<std::string_view, std::string_view> split_once(std::string_view text, char separator) {
  const auto at = text.find(separator);
  if (at == std::string_view::npos) return {text, {}};
  return {text.substr(0, at), text.substr(at + 1)};
}

// Without spaces and tabs at both ends.
constexpr std::string_view trim(std::string_view text) {
  constexpr std::string_view blank = " \t";
  const auto first = text.find_first_not_of(blank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

}  // namespace heliograph::http
