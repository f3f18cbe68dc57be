#include "firmware/core/civil_time.hpp"

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

TEST(CivilDate, AgreesWithCalendars) {
  const struct {
    std::int64_t days;
    CivilDate date;
  } table[] = {{0, {1970, 1, 1}},        {58, {1970, 2, 28}},     {59, {1970, 3, 1}},
               {-1, {1969, 12, 31}},     {11'016, {2000, 2, 29}}, {11'017, {2000, 3, 1}},
               {20'779, {2026, 11, 22}}, {47'540, {2100, 2, 28}}, {47'541, {2100, 3, 1}}};
  for (const auto& row : table) {
    const CivilDate date = civil_date(row.days);
    EXPECT_EQ(date.year, row.date.year) << row.days;
    EXPECT_EQ(date.month, row.date.month) << row.days;
    EXPECT_EQ(date.day, row.date.day) << row.days;
    EXPECT_EQ(days_since_epoch(row.date), row.days);
  }
}

TEST(CivilDate, GoesThereAndBackForEveryDayOf150Years) {
  for (std::int64_t days = 0; days < 55'000; ++days) ASSERT_EQ(days_since_epoch(civil_date(days)), days);
}

TEST(UtcText, IsThatOfIso8601) {
  EXPECT_EQ(utc_text(1'795'359'662'123).view(), "2026-11-22T15:01:02Z");
  EXPECT_EQ(utc_text(0).view(), "1970-01-01T00:00:00Z");
}

}  // namespace
}  // namespace heliograph::firmware
