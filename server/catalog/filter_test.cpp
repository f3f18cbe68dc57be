#include "server/catalog/filter.hpp"

#include <gtest/gtest.h>

namespace heliograph::catalog {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr Timestamp midnight = from_ms(1'795'305'600'000);  // 2026-11-22T00:00:00Z

TEST(HoursOfDay, CoverTheHoursOfTheirPlace) {
  const HoursOfDay::Offset east{Timestamp::min(), minutes{330}};
  const HoursOfDay::Offset west{Timestamp::min(), -hours{8}};
  const struct {
    HoursOfDay hours;
    minutes after_midnight_utc;
    bool covered;
  } table[] = {
      {{.from = 5, .to = 9, .offsets = {}}, minutes{5 * 60}, true},
      {{.from = 5, .to = 9, .offsets = {}}, minutes{9 * 60}, false},
      {{.from = 5, .to = 9, .offsets = {}}, minutes{4 * 60 + 59}, false},
      {{.from = 0, .to = 24, .offsets = {}}, minutes{23 * 60}, true},
      {{.from = 22, .to = 4, .offsets = {}}, minutes{23 * 60}, true},
      {{.from = 22, .to = 4, .offsets = {}}, minutes{3 * 60}, true},
      {{.from = 22, .to = 4, .offsets = {}}, minutes{4 * 60}, false},
      {{.from = 5, .to = 6, .offsets = {east}}, minutes{-30}, true},
      {{.from = 5, .to = 6, .offsets = {east}}, minutes{29}, true},
      {{.from = 5, .to = 6, .offsets = {east}}, minutes{30}, false},
      {{.from = 16, .to = 17, .offsets = {west}}, minutes{0}, true},
  };
  for (const auto& row : table) {
    EXPECT_EQ(row.hours.cover(midnight + row.after_midnight_utc), row.covered)
        << row.hours.from << " to " << row.hours.to << " at " << row.after_midnight_utc.count();
  }
}

TEST(HoursOfDay, FollowTheClocksThatArePutForward) {
  const HoursOfDay noon_hour{
      .from = 12, .to = 13, .offsets = {{midnight, minutes{60}}, {midnight + hours{24}, minutes{120}}}};
  EXPECT_TRUE(noon_hour.cover(midnight - hours{13}));  // the first holds before it too
  EXPECT_TRUE(noon_hour.cover(midnight + hours{11}));
  EXPECT_FALSE(noon_hour.cover(midnight + hours{24 + 11}));
  EXPECT_TRUE(noon_hour.cover(midnight + hours{24 + 10}));
}

TEST(HoursOfDay, OfAPlaceWithHalfHoursDivideHoursOfUtc) {
  EXPECT_TRUE((HoursOfDay{5, 9, {}}.has_whole_hours()));
  EXPECT_TRUE((HoursOfDay{5, 9, {{midnight, minutes{120}}}}.has_whole_hours()));
  EXPECT_FALSE((HoursOfDay{5, 9, {{midnight, minutes{330}}}}.has_whole_hours()));
  EXPECT_FALSE((HoursOfDay{5, 9, {{midnight + minutes{30}, minutes{60}}}}.has_whole_hours()));
}

}  // namespace
}  // namespace heliograph::catalog
