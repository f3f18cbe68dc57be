// Whole numbers in headers and queries.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace heliograph::http {

// Decimal digits with an optional '-', nothing around them; nullopt for anything else, also for what does not
// fit.
inline std::optional<std::int64_t> read_integer(std::string_view text) {
  std::int64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, failed] = std::from_chars(text.data(), end, value);
  if (failed != std::errc{} || stopped != end) return std::nullopt;
  return value;
}

}  // namespace heliograph::http
