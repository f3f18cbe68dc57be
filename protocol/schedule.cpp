#include "protocol/schedule.hpp"

#include <cmath>

namespace heliograph::protocol {
namespace {

constexpr double radians = 3.14159265358979323846 / 180.0;
constexpr double day_ms = 86'400'000.0;
// From 1970-01-01T00:00 to 2000-01-01T12:00, days.
constexpr double epoch_2000 = 10'957.5;
// The sun's edge is seen when its middle is so far below the horizon: its radius, and what the air bends.
constexpr double edge_degrees = -0.833;

constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t search_step_ms = 5 * minute_ms;
constexpr std::int64_t search_end_ms = 2 * minutes_a_day * minute_ms;

bool within_hours(const Schedule& schedule, std::int64_t unix_ms) {
  if (schedule.active_from_min == schedule.active_to_min) return true;
  std::int64_t minute = (unix_ms / minute_ms + schedule.time_zone_min) % minutes_a_day;
  if (minute < 0) minute += minutes_a_day;
  const bool begun = minute >= schedule.active_from_min;
  const bool not_over = minute < schedule.active_to_min;
  return schedule.active_from_min < schedule.active_to_min ? begun && not_over : begun || not_over;
}

}  // namespace

bool sun_is_up(const Position& position, std::int64_t unix_ms) {
  const double days = static_cast<double>(unix_ms) / day_ms - epoch_2000;
  const double mean_longitude = 280.460 + 0.9856474 * days;
  const double anomaly = (357.528 + 0.9856003 * days) * radians;
  const double longitude =
      (mean_longitude + 1.915 * std::sin(anomaly) + 0.020 * std::sin(2 * anomaly)) * radians;
  const double obliquity = (23.439 - 0.0000004 * days) * radians;
  const double declination = std::asin(std::sin(obliquity) * std::sin(longitude));
  const double ascension = std::atan2(std::cos(obliquity) * std::sin(longitude), std::cos(longitude));
  const double sidereal = (280.46061837 + 360.98564736629 * days) * radians;
  const double latitude = static_cast<double>(position.lat_e7) * 1e-7 * radians;
  const double hour_angle = sidereal + static_cast<double>(position.lon_e7) * 1e-7 * radians - ascension;
  const double sine = std::sin(latitude) * std::sin(declination) +
                      std::cos(latitude) * std::cos(declination) * std::cos(hour_angle);
  return sine > std::sin(edge_degrees * radians);
}

bool is_active(const Schedule& schedule, const std::optional<Position>& position, std::int64_t unix_ms) {
  if (!within_hours(schedule, unix_ms)) return false;
  return !schedule.daylight_only || !position || sun_is_up(*position, unix_ms);
}

std::optional<std::int64_t> next_active_ms(const Schedule& schedule, const std::optional<Position>& position,
                                           std::int64_t unix_ms) {
  if (is_active(schedule, position, unix_ms)) return unix_ms;
  const std::int64_t first_ms = unix_ms - unix_ms % search_step_ms + search_step_ms;
  for (std::int64_t at_ms = first_ms; at_ms <= unix_ms + search_end_ms; at_ms += search_step_ms) {
    if (is_active(schedule, position, at_ms)) return at_ms;
  }
  return std::nullopt;
}

}  // namespace heliograph::protocol
