// Days, months and years of the Gregorian calendar, for cameras whose library knows none without a heap.
// Pure.
#pragma once

#include "firmware/core/text.hpp"

#include <cstdint>

namespace heliograph::firmware {

struct CivilDate {
  std::int64_t year = 1970;
  int month = 1;  // 1 to 12
  int day = 1;    // 1 to 31
};

// `days` since 1970-01-01, and back.
CivilDate civil_date(std::int64_t days);
std::int64_t days_since_epoch(const CivilDate& date);

// "2026-11-22T15:01:02Z"
Text<24> utc_text(std::int64_t unix_ms);

}  // namespace heliograph::firmware
