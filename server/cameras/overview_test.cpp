#include "server/cameras/overview.hpp"

#include "server/catalog/series.hpp"
#include "tests/support/catalog_fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::cameras {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using testing::Each;
using testing::IsEmpty;
using testing::SizeIs;

constexpr Timestamp now = from_ms(1'795'348'800'000);  // 2026-11-22T12:00:00Z
constexpr Timestamp today = now - hours(12);

class OverviewOfCameras : public OnACatalog {
 protected:
  void SetUp() override {
    for (const auto& [id, name] : {std::pair(1, "weir"), std::pair(2, "barn")}) {
      catalog::Camera camera{CameraId{id}, name, name, now - days(100)};
      ASSERT_TRUE(catalog_->add_camera(camera, sha256(name)));
    }
  }
  void take(CameraId camera, Timestamp captured_at, Timestamp received_at) {
    catalog::NewImage image;
    image.image.id = ImageId{++images_};
    image.image.camera = camera;
    image.image.captured_at = captured_at;
    image.image.received_at = received_at;
    image.image.sha256 = sha256(std::to_string(images_));
    image.image.size_bytes = 1;
    image.image.width = image.image.height = 1;
    ASSERT_TRUE(catalog_->add_images({&image, 1}));
  }
  std::vector<CameraOverview> read() { return read_overview(*catalog_, today, now).value(); }

  const CameraId weir_{1};
  std::int64_t images_ = 0;
};

TEST_F(OverviewOfCameras, OfACameraThatNeverSpokeSaysNothing) {
  const auto overview = read();
  ASSERT_THAT(overview, SizeIs(2));
  const CameraOverview& barn = overview.front();
  EXPECT_EQ(barn.summary.camera.name, "barn");
  EXPECT_EQ(barn.presence.found.presence, Presence::unknown);
  EXPECT_THAT(barn.days, Each(0));
  EXPECT_EQ(barn.due, std::nullopt);
  EXPECT_EQ(barn.usual, std::nullopt);
  EXPECT_EQ(barn.clock_skew, std::nullopt);
  EXPECT_EQ(barn.place, std::nullopt);
  EXPECT_FALSE(barn.frozen);
}

TEST_F(OverviewOfCameras, CountsTodayAgainstWhatIsUsual) {
  for (int day = 1; day <= 5; ++day) {
    for (int i = 0; i < 4; ++i) take(weir_, today - days(day) + hours(i), today - days(day) + hours(i));
    take(weir_, today - days(day) + hours(20), today - days(day) + hours(20));
  }
  take(weir_, today + minutes(5), today + minutes(5));
  const CameraOverview weir = read().back();
  EXPECT_EQ(weir.days.back(), 1);
  EXPECT_EQ(weir.days.at(overview_days - 2), 5);
  EXPECT_EQ(weir.days.front(), 0);
  EXPECT_EQ(weir.usual, 4) << "by noon; the fifth comes in the evening";
}

TEST_F(OverviewOfCameras, CountsTodayAgainstItsSettings) {
  ASSERT_TRUE(catalog::Orders(*catalog_).want(weir_, 0, R"({"interval_s":3600})", "anna", now));
  const CameraOverview weir = read().back();
  EXPECT_EQ(weir.due, 12);
  EXPECT_EQ(weir.usual, std::nullopt);
}

TEST_F(OverviewOfCameras, JudgesTheClockByWhatCameLast) {
  take(weir_, now + days(3), now - hours(2));  // it was ahead then, and was set right
  for (int i = 1; i <= 20; ++i) take(weir_, now - minutes(i) - minutes(7), now - minutes(i));
  EXPECT_EQ(read().back().clock_skew, minutes(7));
}

TEST_F(OverviewOfCameras, SaysWhereCamerasStand) {
  ASSERT_TRUE(catalog::Places(*catalog_).set(weir_, 3, 4));
  EXPECT_EQ(read().back().place, (catalog::Place{weir_, 3, 4, true}));
}

TEST_F(OverviewOfCameras, OfConditionsHasWhatProblemsAreJudgedBy) {
  take(weir_, now - minutes(9), now - minutes(2));
  const CameraOverview whole = read().back();
  const CameraOverview weir = read_conditions(*catalog_, now).value().back();
  EXPECT_EQ(weir.summary.camera, whole.summary.camera);
  EXPECT_EQ(weir.presence.heard_at, whole.presence.heard_at);
  EXPECT_EQ(weir.facts, whole.facts);
  EXPECT_EQ(weir.clock_skew, minutes(7));
  EXPECT_THAT(whole.days, testing::Contains(1));
  EXPECT_THAT(weir.days, Each(0)) << "which would be most of the work";
}

TEST_F(OverviewOfCameras, RefusesADayThatIsNotToday) {
  for (const Timestamp strange : {now + minutes(1), now - longest_today - minutes(1), from_ms(0)}) {
    EXPECT_EQ(read_overview(*catalog_, strange, now).error().kind, ErrorKind::bad_request);
  }
  EXPECT_TRUE(read_overview(*catalog_, now, now));
}

}  // namespace
}  // namespace heliograph::cameras
