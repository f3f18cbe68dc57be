#include "server/cameras/captures.hpp"

#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace heliograph::cameras {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

constexpr Timestamp midnight = from_ms(1'795'305'600'000);  // 2026-11-22T00:00:00Z

TEST(CapturesDue, FollowFromTheSettings) {
  const struct {
    std::string_view what;
    Rhythm rhythm;
    hours until;
    std::optional<std::int64_t> expected;
  } table[] = {
      {"not set", {}, hours(12), std::nullopt},
      {"once a minute", {seconds(60), {}}, hours(12), 720},
      {"the day has just begun", {seconds(60), {}}, hours(0), 0},
      {"the sun decides", {seconds(60), {.daylight_only = true}}, hours(12), std::nullopt},
      {"from six to eight, in the middle",
       {seconds(600), {.active_from_min = 360, .active_to_min = 480}},
       hours(7),
       6},
      {"from six to eight, afterwards",
       {seconds(600), {.active_from_min = 360, .active_to_min = 480}},
       hours(12),
       12},
      {"over midnight", {seconds(3600), {.active_from_min = 1320, .active_to_min = 120}}, hours(24), 4},
      {"in a zone ahead of ours",
       {seconds(3600), {.active_from_min = 360, .active_to_min = 480, .time_zone_min = 480}},
       hours(12),
       0},  // there it was from 22 to midnight
      {"in a zone behind ours",
       {seconds(3600), {.active_from_min = 360, .active_to_min = 480, .time_zone_min = -240}},
       hours(11),
       1},
  };
  for (const auto& row : table) {
    SCOPED_TRACE(row.what);
    EXPECT_EQ(captures_due(row.rhythm, midnight, midnight + row.until), row.expected);
  }
}

TEST(CapturesUsual, AreTheMedianOfTheDaysBefore) {
  using Days = std::vector<std::int64_t>;
  EXPECT_EQ(captures_usual(Days{48, 0, 47, 48, 500, 46, 47}), 47);
  EXPECT_EQ(captures_usual(Days{0, 0, 0, 0, 40, 40, 40}), std::nullopt) << "most days it had nothing";
  EXPECT_EQ(captures_usual(Days{}), std::nullopt);
}

}  // namespace
}  // namespace heliograph::cameras
