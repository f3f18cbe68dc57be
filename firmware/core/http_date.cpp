#include "firmware/core/http_date.hpp"

#include "firmware/core/civil_time.hpp"

#include <cstddef>

namespace heliograph::firmware {

namespace {

// The form, with a letter where a digit or a name stands.
constexpr std::string_view form = "Www, DD Mmm YYYY HH:MM:SS GMT";
constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";

// The number written in `size` digits at `at`; -1 if one is no digit.
int digits(std::string_view text, std::size_t at, std::size_t size) {
  int value = 0;
  for (const char c : text.substr(at, size)) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::optional<std::int64_t> parse_http_date(std::string_view text) {
  if (text.size() != form.size()) return std::nullopt;
  for (std::size_t i = 0; i < form.size(); ++i) {
    const bool punctuation = form[i] == ' ' || form[i] == ',' || form[i] == ':';
    if (punctuation && text[i] != form[i]) return std::nullopt;
  }
  if (text.substr(26) != "GMT") return std::nullopt;

  const std::size_t month_at = months.find(text.substr(8, 3));
  if (month_at == std::string_view::npos || month_at % 3 != 0) return std::nullopt;
  const int month = static_cast<int>(month_at / 3) + 1;
  const int day = digits(text, 5, 2);
  const int year = digits(text, 12, 4);
  const int hour = digits(text, 17, 2);
  const int minute = digits(text, 20, 2);
  const int second = digits(text, 23, 2);  // 60 in a leap second
  if (day < 1 || day > 31 || year < 1970 || hour < 0 || hour > 23 || minute < 0 || minute > 59 ||
      second < 0 || second > 60) {
    return std::nullopt;
  }
  const std::int64_t days = days_since_epoch({year, month, day});
  return (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000;
}

}  // namespace heliograph::firmware
