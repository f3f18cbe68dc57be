#include "server/jobs/forecast.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::jobs {
namespace {

using catalog::HourCount;
using catalog::RetentionRule;
using std::chrono::days;
using std::chrono::hours;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::int64_t mib = 1024 * 1024;
constexpr Timestamp midnight = from_ms(1'795'305'600'000);  // 2026-11-22T00:00:00Z

// One camera that sent 100 MiB on each of the last ten days, in pictures of 1 MiB, and 410 days' room.
StorageTrend steady_camera() {
  StorageTrend trend;
  trend.days.assign(10, 100 * mib);
  trend.shares.push_back({{}, 1000, 1000 * mib, 1000 * mib});
  trend.free_bytes = 4'100 * mib;
  return trend;
}

TEST(Forecast, SaysNothingWithoutHistory) {
  StorageTrend trend = steady_camera();
  trend.days.resize(least_history_days - 1);
  const Forecast none = forecast(trend);
  EXPECT_EQ(none.outlook, Outlook::unknown);
  EXPECT_EQ(none.bytes_per_day, std::nullopt);
  EXPECT_EQ(none.days, std::nullopt);
}

TEST(Forecast, NamesTheDayAndHowSureItIs) {
  const Forecast full = forecast(steady_camera());
  EXPECT_EQ(full.outlook, Outlook::filling);
  EXPECT_EQ(full.bytes_per_day, 100 * mib);
  EXPECT_EQ(full.days, 41);
  EXPECT_EQ(full.earliest_days, 37) << "days that were all alike are no promise";
  EXPECT_EQ(full.latest_days, 46);
}

TEST(Forecast, IsTheLessSureTheMoreTheDaysDiffer) {
  StorageTrend trend = steady_camera();
  trend.days = {0, 200 * mib, 50 * mib, 150 * mib, 0, 200 * mib, 50 * mib, 150 * mib, 100 * mib, 100 * mib};
  const Forecast unsure = forecast(trend);
  EXPECT_EQ(unsure.days, 41);
  EXPECT_LT(*unsure.earliest_days, 30);
  EXPECT_GT(*unsure.latest_days, 70);
  trend.days = {1000 * mib, 0, 0, 0, 0, 0, 0, 0, 0, 0};
  const Forecast clueless = forecast(trend);
  EXPECT_EQ(clueless.outlook, Outlook::filling);
  EXPECT_EQ(clueless.latest_days, std::nullopt) << "perhaps never";
}

TEST(Forecast, ReachesNoFurtherThanItsHistoryBears) {
  StorageTrend trend = steady_camera();
  trend.free_bytes = 19'900 * mib;
  EXPECT_EQ(forecast(trend).outlook, Outlook::filling);
  EXPECT_EQ(forecast(trend).latest_days, std::nullopt);
  trend.free_bytes = 20'100 * mib;
  EXPECT_EQ(forecast(trend).outlook, Outlook::distant);
  EXPECT_EQ(forecast(trend).days, std::nullopt);
  EXPECT_EQ(forecast(trend).bytes_per_day, 100 * mib);
}

TEST(Forecast, KnowsWhatRetentionTakes) {
  const struct {
    const char* what;
    RetentionRule rule;
    std::optional<std::int64_t> keep_bytes_of_all;
    Outlook outlook;
    std::optional<std::int64_t> days;
  } table[] = {
      {"thirty days of it fit", {.keep_days = 30}, {}, Outlook::steady, {}},
      {"sixty days do not", {.keep_days = 60}, {}, Outlook::filling, 41},
      {"so many bytes fit", {.keep_bytes = 2'000 * mib}, {}, Outlook::steady, {}},
      {"so many do not", {.keep_bytes = 9'000 * mib}, {}, Outlook::filling, 41},
      {"so many pictures fit", {.keep_images = 5'000}, {}, Outlook::steady, {}},
      {"all together fit", {}, 5'100 * mib, Outlook::steady, {}},
      {"all together do not", {}, 5'101 * mib, Outlook::filling, 41},
      {"one an hour is a quarter of what comes, but lasts", {.all_days = 7}, {}, Outlook::filling, 170},
      {"twenty whole days first", {.all_days = 20}, {}, Outlook::filling, 10 + 3100 / 24},
  };
  for (const auto& row : table) {
    StorageTrend trend = steady_camera();
    trend.shares[0].rule = row.rule;
    trend.keep_bytes = row.keep_bytes_of_all;
    EXPECT_EQ(forecast(trend).outlook, row.outlook) << row.what;
    EXPECT_EQ(forecast(trend).days, row.days) << row.what;
  }
}

TEST(Forecast, NothingComesInNothingFills) {
  StorageTrend trend = steady_camera();
  trend.days.assign(10, 0);
  EXPECT_EQ(forecast(trend).outlook, Outlook::steady);
  EXPECT_EQ(forecast(trend).bytes_per_day, 0);
}

TEST(Forecast, AFullDiskIsFullToday) {
  StorageTrend trend = steady_camera();
  trend.free_bytes = 0;
  EXPECT_EQ(forecast(trend).outlook, Outlook::filling);
  EXPECT_EQ(forecast(trend).days, 0);
}

TEST(Trend, IsOfWholeDaysThatNoRuleHasTouched) {
  const Timestamp now = midnight + hours(13);
  EXPECT_EQ(trend_span({}, now), (Span{midnight - days(27), midnight}));
  const RetentionRule weekly[] = {{.keep_days = 90}, {.all_days = 7}};
  EXPECT_EQ(trend_span(weekly, now), (Span{midnight - days(6), midnight}));
  EXPECT_EQ(trend_span(weekly, midnight), (Span{midnight - days(7), midnight}));
  const RetentionRule daily[] = {{.keep_days = 1}};
  EXPECT_EQ(trend_span(daily, now), (Span{midnight, midnight})) << "nothing is left to judge by";
}

TEST(Trend, BeginsOnTheDayAfterTheFirstPicture) {
  const Span span{midnight - days(4), midnight};
  const HourCount hours_with[] = {{midnight - days(3) + hours(12), 1, 5},  // part of a day
                                  {midnight - days(2), 1, 7},
                                  {midnight - days(2) + hours(23), 2, 8},
                                  {midnight, 1, 9}};  // today is not over
  EXPECT_THAT(bytes_by_day(hours_with, span), ElementsAre(15, 0));
  EXPECT_THAT(bytes_by_day({}, span), IsEmpty());
}

}  // namespace
}  // namespace heliograph::jobs
