// When a camera looks: within hours of the day, and only while the sun is up, if it is told so. Both sides
// ask: the camera to know when to take its next picture, the server to know when to expect it.
#pragma once

#include <cstdint>
#include <optional>

namespace heliograph::protocol {

// WGS 84, 1e-7 degrees.
struct Position {
  std::int64_t lat_e7 = 0;
  std::int64_t lon_e7 = 0;
};

inline constexpr std::int64_t minutes_a_day = 1440;

struct Schedule {
  // Local minutes of the day; from == to is the whole day, from > to goes over midnight.
  std::int64_t active_from_min = 0;
  std::int64_t active_to_min = 0;
  // Minutes east of UTC. Fixed: a board knows no rules of summer time.
  std::int64_t time_zone_min = 0;
  bool daylight_only = false;
};

// Is the upper edge of the sun above the horizon? From the low-precision formulas of the Astronomical
// Almanac, good to a minute or so of sunrise in this century.
bool sun_is_up(const Position& position, std::int64_t unix_ms);

// A camera that does not know where it is does not know when the sun rises: it looks day and night.
bool is_active(const Schedule& schedule, const std::optional<Position>& position, std::int64_t unix_ms);

// The first moment at or after `unix_ms` at which it is active, to five minutes. None within two days: it is
// polar night.
std::optional<std::int64_t> next_active_ms(const Schedule& schedule, const std::optional<Position>& position,
                                           std::int64_t unix_ms);

}  // namespace heliograph::protocol
