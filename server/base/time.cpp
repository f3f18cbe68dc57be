#include "server/base/time.hpp"

#include <array>
#include <charconv>
#include <cstdio>

namespace heliograph {
namespace {

struct Civil {
  int year;
  unsigned month, day;
  int hour, minute, second, millisecond;
};

Civil civil_from(Timestamp time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss<std::chrono::milliseconds> clock{time - day};
  return {static_cast<int>(date.year()),
          static_cast<unsigned>(date.month()),
          static_cast<unsigned>(date.day()),
          static_cast<int>(clock.hours().count()),
          static_cast<int>(clock.minutes().count()),
          static_cast<int>(clock.seconds().count()),
          static_cast<int>(clock.subseconds().count())};
}

template <class... Parts>
std::string format(const char* pattern, Parts... parts) {
  std::array<char, 64> buffer{};
  const int length = std::snprintf(buffer.data(), buffer.size(), pattern, parts...);
  return {buffer.data(), static_cast<std::size_t>(length)};
}

}  // namespace

std::string to_iso(Timestamp time) {
  const Civil c = civil_from(time);
  return format("%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", c.year, c.month, c.day, c.hour, c.minute, c.second,
                c.millisecond);
}

std::string to_compact(Timestamp time) {
  const Civil c = civil_from(time);
  return format("%04d%02u%02uT%02d%02d%02d.%03dZ", c.year, c.month, c.day, c.hour, c.minute, c.second,
                c.millisecond);
}

std::optional<Timestamp> from_compact(std::string_view text) {
  constexpr std::string_view shape = "00000000T000000.000Z";
  if (text.size() != shape.size()) return std::nullopt;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (shape[i] == '0' ? !digit : text[i] != shape[i]) return std::nullopt;
  }
  const auto number = [text](std::size_t at, std::size_t length) {
    int value = 0;
    std::from_chars(text.data() + at, text.data() + at + length, value);
    return value;
  };
  const std::chrono::year_month_day date{std::chrono::year{number(0, 4)},
                                         std::chrono::month{static_cast<unsigned>(number(4, 2))},
                                         std::chrono::day{static_cast<unsigned>(number(6, 2))}};
  const int hour = number(9, 2);
  const int minute = number(11, 2);
  const int second = number(13, 2);
  if (!date.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return Timestamp{std::chrono::sys_days{date}} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
         std::chrono::seconds{second} + std::chrono::milliseconds{number(16, 3)};
}

std::string to_http_date(Timestamp time) {
  constexpr std::array weekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const Civil c = civil_from(time);
  const std::chrono::weekday weekday{std::chrono::floor<std::chrono::days>(time)};
  return format("%s, %02u %s %04d %02d:%02d:%02d GMT", weekdays[weekday.c_encoding()], c.day,
                months[c.month - 1], c.year, c.hour, c.minute, c.second);
}

Timestamp to_wall(const Clock& clock, SteadyTime moment) {
  return clock.now() - std::chrono::floor<std::chrono::milliseconds>(clock.steady() - moment);
}

Timestamp SystemClock::now() const {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

SteadyTime SystemClock::steady() const {
  return std::chrono::steady_clock::now();
}

}  // namespace heliograph
