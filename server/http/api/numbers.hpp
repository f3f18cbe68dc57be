// Whole numbers and times in headers and queries.
#pragma once

#include "server/base/time.hpp"

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

// Milliseconds since 1970, before the year 10000: what to_iso can write.
inline std::optional<Timestamp> read_timestamp(std::string_view text) {
  constexpr std::int64_t year_10000_ms = 253'402'300'800'000;
  const auto ms = read_integer(text);
  if (!ms || *ms < 0 || *ms >= year_10000_ms) return std::nullopt;
  return from_ms(*ms);
}

}  // namespace heliograph::http
