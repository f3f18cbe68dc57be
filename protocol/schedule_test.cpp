#include "protocol/schedule.hpp"

#include <string_view>

#include <gtest/gtest.h>

namespace heliograph::protocol {
namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t midnight = 1'795'305'600'000;  // 2026-11-22T00:00:00Z
constexpr std::int64_t at(std::int64_t hour, std::int64_t minute = 0) {
  return midnight + (hour * 60 + minute) * minute_ms;
}

// Sunrise and sunset of almanacs, UTC; two minutes to either side the answer must be right.
TEST(SunIsUp, AgreesWithAlmanacs) {
  const struct {
    std::string_view where;
    Position position;
    std::int64_t rises;
    std::int64_t sets;
  } table[] = {
      {"Greenwich, 2026-11-22", {514'780'000, 0}, at(7, 29), at(16, 2)},
      {"Greenwich, 2026-06-21",
       {514'780'000, 0},
       at(3, 43) - 154 * 86'400'000LL,
       at(20, 21) - 154 * 86'400'000LL},
      {"the equator at an equinox, 2026-03-20",
       {0, 0},
       at(6, 4) - 247 * 86'400'000LL,
       at(18, 11) - 247 * 86'400'000LL},
  };
  for (const auto& row : table) {
    EXPECT_FALSE(sun_is_up(row.position, row.rises - 3 * minute_ms)) << row.where;
    EXPECT_TRUE(sun_is_up(row.position, row.rises + 3 * minute_ms)) << row.where;
    EXPECT_TRUE(sun_is_up(row.position, row.sets - 3 * minute_ms)) << row.where;
    EXPECT_FALSE(sun_is_up(row.position, row.sets + 3 * minute_ms)) << row.where;
  }
}

TEST(IsActive, LooksAtHoursAndLight) {
  constexpr Position greenwich{514'780'000, 0};
  const struct {
    std::string_view what;
    Schedule schedule;
    std::optional<Position> position;
    std::int64_t now;
    bool expected;
  } table[] = {
      {"always", {}, {}, at(3), true},
      {"before the hours", {360, 1200, 0, false}, {}, at(5, 59), false},
      {"the first minute", {360, 1200, 0, false}, {}, at(6), true},
      {"the last minute", {360, 1200, 0, false}, {}, at(19, 59), true},
      {"after the hours", {360, 1200, 0, false}, {}, at(20), false},
      {"east of Greenwich it is later", {360, 1200, 60, false}, {}, at(5), true},
      {"west of it earlier, on the day before", {1320, 1380, -120, false}, {}, at(0, 30), true},
      {"over midnight, in the evening", {1200, 360, 0, false}, {}, at(23), true},
      {"over midnight, in the morning", {1200, 360, 0, false}, {}, at(5), true},
      {"over midnight, at noon", {1200, 360, 0, false}, {}, at(12), false},
      {"in the light", {0, 0, 0, true}, greenwich, at(12), true},
      {"in the dark", {0, 0, 0, true}, greenwich, at(22), false},
      {"nobody knows where", {0, 0, 0, true}, {}, at(22), true},
      {"in the light, but not in the hours", {0, 600, 0, true}, greenwich, at(12), false},
  };
  for (const auto& row : table)
    EXPECT_EQ(is_active(row.schedule, row.position, row.now), row.expected) << row.what;
}

TEST(NextActive, IsFoundToFiveMinutes) {
  EXPECT_EQ(next_active_ms({}, {}, at(3) + 17), at(3) + 17);
  EXPECT_EQ(next_active_ms({360, 1200, 0, false}, {}, at(5, 58) + 17), at(6));
  EXPECT_EQ(next_active_ms({360, 1200, 0, false}, {}, at(20)), at(30));
  const auto sunrise = next_active_ms({0, 0, 0, true}, Position{514'780'000, 0}, at(2));
  ASSERT_TRUE(sunrise);
  EXPECT_GE(*sunrise, at(7, 25));
  EXPECT_LE(*sunrise, at(7, 35));
  EXPECT_FALSE(next_active_ms({0, 0, 0, true}, Position{780'000'000, 150'000'000}, at(12)));  // Svalbard
}

}  // namespace
}  // namespace heliograph::protocol
