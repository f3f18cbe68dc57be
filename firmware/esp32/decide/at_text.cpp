#include "firmware/esp32/decide/at_text.hpp"

#include "firmware/core/civil_time.hpp"

#include <charconv>

namespace heliograph::firmware {

namespace {

// What stands behind "+NAME: " up to the line's end.
std::optional<std::string_view> value_of(std::string_view answer, std::string_view name) {
  const std::size_t at = answer.find(name);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view value = answer.substr(at + name.size());
  return value.substr(0, value.find_first_of("\r\n"));
}

// The next of values that commas separate; none: there is none.
std::optional<std::string_view> take_value(std::string_view& values) {
  if (values.data() == nullptr) return std::nullopt;
  const std::size_t comma = values.find(',');
  const std::string_view value = values.substr(0, comma);
  values = comma == std::string_view::npos ? std::string_view() : values.substr(comma + 1);
  return value;
}

// A whole number of small size, all of `text`.
std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  constexpr std::int64_t most = 1'000'000'000;
  const bool read = !text.empty() && error == std::errc() && end == text.data() + text.size();
  return read && value >= 0 && value < most ? std::optional(value) : std::nullopt;
}

// Degrees and minutes, "4504.204680" or "00741.242000", in 1e-7 degrees.
std::optional<std::int64_t> degrees_e7(std::string_view text, std::string_view hemisphere, char plus,
                                       char minus, std::int64_t most_degrees) {
  const std::size_t point = text.find('.');
  if (point == std::string_view::npos || point < 3 || hemisphere.size() != 1) return std::nullopt;
  if (hemisphere[0] != plus && hemisphere[0] != minus) return std::nullopt;
  const auto degrees = number(text.substr(0, point - 2));
  const auto minutes = number(text.substr(point - 2, 2));
  std::string_view fraction = text.substr(point + 1).substr(0, 6);
  auto millionths = number(fraction);
  if (!degrees || !minutes || !millionths || *minutes >= 60 || *degrees > most_degrees) return std::nullopt;
  for (std::size_t digits = fraction.size(); digits < 6; ++digits) *millionths *= 10;
  const std::int64_t minutes_e6 = *minutes * 1'000'000 + *millionths;
  const std::int64_t value = *degrees * 10'000'000 + (minutes_e6 + 3) / 6;
  if (value > most_degrees * 10'000'000) return std::nullopt;
  return hemisphere[0] == minus ? -value : value;
}

}  // namespace

std::optional<int> read_signal_dbm(std::string_view answer) {
  auto values = value_of(answer, "+CSQ: ");
  const auto csq = values ? take_value(*values) : std::nullopt;
  const auto strength = csq ? number(*csq) : std::nullopt;
  constexpr std::int64_t most = 31;
  if (!strength || *strength > most) return std::nullopt;
  return static_cast<int>(*strength * 2 - 113);
}

bool read_registered(std::string_view answer) {
  auto values = value_of(answer, "+CEREG: ");
  if (!values) return false;
  auto state = take_value(*values);
  // "n,stat" as an answer, "stat" when it says so by itself.
  if (const auto second = take_value(*values)) state = second;
  return state == "1" || state == "5";
}

SimState read_sim(std::string_view answer) {
  const auto value = value_of(answer, "+CPIN: ");
  if (!value) return SimState::absent;
  if (*value == "READY") return SimState::ready;
  return *value == "SIM PIN" ? SimState::wants_pin : SimState::locked;
}

std::optional<GpsFix> read_gps(std::string_view answer) {
  auto values = value_of(answer, "+CGPSINFO: ");
  if (!values) return std::nullopt;
  const auto lat = take_value(*values);
  const auto north = take_value(*values);
  const auto lon = take_value(*values);
  const auto east = take_value(*values);
  if (!east) return std::nullopt;
  const auto lat_e7 = degrees_e7(*lat, *north, 'N', 'S', 90);
  const auto lon_e7 = degrees_e7(*lon, *east, 'E', 'W', 180);
  if (!lat_e7 || !lon_e7) return std::nullopt;
  return GpsFix{*lat_e7, *lon_e7};
}

std::optional<std::int64_t> read_network_time_ms(std::string_view answer) {
  const auto value = value_of(answer, "+CCLK: \"");
  // "26/11/30,07:12:00+04" and the closing quote.
  if (!value || value->size() < 20) return std::nullopt;
  const std::string_view t = *value;
  if (t[2] != '/' || t[5] != '/' || t[8] != ',' || t[11] != ':' || t[14] != ':') return std::nullopt;
  if (t[17] != '+' && t[17] != '-') return std::nullopt;
  std::int64_t part[7] = {};
  for (std::size_t i = 0; i < 7; ++i) {
    const auto read = number(t.substr(i * 3, 2));
    if (!read) return std::nullopt;
    part[i] = *read;
  }
  // A modem that was told nothing counts from 1980 or 2000.
  constexpr std::int64_t first_year = 20;
  constexpr std::int64_t last_year = 79;
  if (part[0] < first_year || part[0] > last_year) return std::nullopt;
  if (part[1] < 1 || part[1] > 12 || part[2] < 1 || part[2] > 31) return std::nullopt;
  if (part[3] > 23 || part[4] > 59 || part[5] > 60) return std::nullopt;
  const std::int64_t zone_min = (t[17] == '-' ? -1 : 1) * part[6] * 15;
  const std::int64_t days =
      days_since_epoch({2000 + part[0], static_cast<int>(part[1]), static_cast<int>(part[2])});
  return (((days * 24 + part[3]) * 60 + part[4] - zone_min) * 60 + part[5]) * 1000;
}

}  // namespace heliograph::firmware
