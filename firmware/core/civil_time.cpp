#include "firmware/core/civil_time.hpp"

namespace heliograph::firmware {
namespace {

// Counted from 0000-03-01, the years begin in March and leap days come last.
constexpr std::int64_t epoch_day = 719'468;  // 1970-01-01
constexpr std::int64_t days_in_400_years = 146'097;
constexpr std::int64_t day_s = 86'400;

std::int64_t floor_divide(std::int64_t number, std::int64_t by) {
  return number / by - (number % by < 0 ? 1 : 0);
}

void append_two(Text<24>& text, std::int64_t number) {
  if (number < 10) text.append('0');
  text.append_number(number);
}

}  // namespace

// Howard Hinnant's civil_from_days.
CivilDate civil_date(std::int64_t days) {
  const std::int64_t shifted = days + epoch_day;
  const std::int64_t era = floor_divide(shifted, days_in_400_years);
  const std::int64_t day_of_era = shifted - era * days_in_400_years;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
  CivilDate date;
  date.day = static_cast<int>(day_of_year - (153 * shifted_month + 2) / 5 + 1);
  date.month = static_cast<int>(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
  date.year = year_of_era + era * 400 + (date.month <= 2 ? 1 : 0);
  return date;
}

std::int64_t days_since_epoch(const CivilDate& date) {
  const std::int64_t year = date.month <= 2 ? date.year - 1 : date.year;
  const int shifted_month = date.month <= 2 ? date.month + 9 : date.month - 3;
  const std::int64_t day_of_year = (153 * shifted_month + 2) / 5 + date.day - 1;
  const std::int64_t leap_days = floor_divide(year, 4) - floor_divide(year, 100) + floor_divide(year, 400);
  return 365 * year + leap_days + day_of_year - epoch_day;
}

Text<24> utc_text(std::int64_t unix_ms) {
  const std::int64_t seconds = floor_divide(unix_ms, 1000);
  const std::int64_t days = floor_divide(seconds, day_s);
  const CivilDate date = civil_date(days);
  const std::int64_t second = seconds - days * day_s;
  Text<24> text;
  text.append_number(date.year).append('-');
  append_two(text, date.month);
  text.append('-');
  append_two(text, date.day);
  text.append('T');
  append_two(text, second / 3600);
  text.append(':');
  append_two(text, second / 60 % 60);
  text.append(':');
  append_two(text, second % 60);
  return text.append('Z');
}

}  // namespace heliograph::firmware
