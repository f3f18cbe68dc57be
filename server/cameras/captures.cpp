#include "server/cameras/captures.hpp"

#include <algorithm>
#include <vector>

namespace heliograph::cameras {
namespace {

using std::chrono::days;
using std::chrono::milliseconds;
using std::chrono::minutes;

// How long of that time its hours of the day let it look.
milliseconds active_time(const protocol::Schedule& schedule, Timestamp from, Timestamp to) {
  if (schedule.active_from_min == schedule.active_to_min) return to - from;
  const std::int64_t length = schedule.active_to_min - schedule.active_from_min + protocol::minutes_a_day;
  const minutes open_for(length % protocol::minutes_a_day);
  const minutes zone(schedule.time_zone_min);
  milliseconds active{0};
  // The camera's own days; the one before the first may reach into the span.
  for (auto day = std::chrono::floor<days>(from + zone) - days(1); day - zone < to; day += days(1)) {
    const Timestamp opens = day - zone + minutes(schedule.active_from_min);
    active += std::max<milliseconds>(milliseconds(0), std::min(to, opens + open_for) - std::max(from, opens));
  }
  return active;
}

}  // namespace

std::optional<std::int64_t> captures_due(const Rhythm& rhythm, Timestamp from, Timestamp to) {
  if (!rhythm.interval || rhythm.interval->count() <= 0 || rhythm.schedule.daylight_only) return std::nullopt;
  return active_time(rhythm.schedule, from, to) / *rhythm.interval;
}

std::optional<std::int64_t> captures_usual(std::span<const std::int64_t> by_now) {
  if (by_now.empty()) return std::nullopt;
  std::vector<std::int64_t> sorted(by_now.begin(), by_now.end());
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
  std::ranges::nth_element(sorted, middle);
  return *middle > 0 ? std::optional(*middle) : std::nullopt;
}

}  // namespace heliograph::cameras
