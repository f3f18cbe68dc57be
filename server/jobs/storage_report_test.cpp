#include "server/jobs/storage_report.hpp"

#include "server/jobs/jobs_fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::jobs {
namespace {

using std::chrono::hours;

using StorageReportTest = JobsFixture;

TEST_F(StorageReportTest, ForetellsFromTheHoursThatTheCatalogCounts) {
  const auto early = read_storage(*catalog_, 1000, now).value();
  EXPECT_EQ(early.forecast.outlook, Outlook::unknown);
  EXPECT_TRUE(early.bytes_per_day.empty());

  std::vector<std::uint8_t> bytes(100);
  for (int day = 1; day <= 10; ++day) {
    bytes[0] = static_cast<std::uint8_t>(day);
    add_image(bytes, hours(24 * day));
  }
  const auto report = read_storage(*catalog_, 1000, now).value();
  ASSERT_EQ(report.holdings.size(), 1U);
  EXPECT_EQ(report.holdings[0].images, 10);
  EXPECT_EQ(report.holdings[0].bytes, 1000);
  EXPECT_EQ(report.bytes_per_day.at(camera_.id), 100);
  EXPECT_EQ(report.forecast.outlook, Outlook::filling);
  EXPECT_EQ(report.forecast.bytes_per_day, 100);
  EXPECT_EQ(report.forecast.days, 10);

  ASSERT_TRUE(catalog_->set_retention(CameraId{}, {.keep_days = 5}));
  EXPECT_EQ(read_storage(*catalog_, 1000, now)->forecast.outlook, Outlook::steady);
}

}  // namespace
}  // namespace heliograph::jobs
