#include "firmware/core/arducam/mega.hpp"

#include "firmware/core/arducam/mega_fixture.hpp"
#include "firmware/core/planner.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

using testing::IsEmpty;

TEST(ArducamMega, TakesPicturesWithEverySensorThatIsKnown) {
  for (const std::uint8_t id : mega_ids) {
    SCOPED_TRACE(static_cast<int>(id));
    MegaRig rig(id);
    ASSERT_TRUE(rig.driver.start(rig.clock.now_ms + 5'000)) << rig.driver.error_text();
    EXPECT_EQ(rig.driver.sensor()->id, id);
    for (int i = 0; i < 3; ++i) {
      ASSERT_EQ(rig.take(), CaptureStatus::ok) << rig.driver.error_text();
      EXPECT_EQ(rig.frame.size, 1600 * 1200 / 40U);
      EXPECT_TRUE(rig.is_lit());
    }
    EXPECT_THAT(rig.camera.mistakes, IsEmpty());
    EXPECT_EQ(rig.driver.counters().pictures, 3U);
    EXPECT_EQ(rig.driver.counters().failures, 0U);
    EXPECT_EQ(rig.camera.resets, 1);
  }
}

TEST(ArducamMega, FindsItsCameraWithTheFirstPictureToo) {
  MegaRig rig(0x86);
  EXPECT_EQ(rig.driver.sensor(), nullptr);
  ASSERT_EQ(rig.take(), CaptureStatus::ok);
  EXPECT_EQ(rig.driver.sensor()->name, "arducam-mega-3mp");
}

TEST(ArducamMega, SaysThatASensorIsOfNoKnownKind) {
  for (const int id : {0x00, 0x05, 0x80, 0x88, 0xFE}) {
    MegaRig rig(static_cast<std::uint8_t>(id));
    EXPECT_EQ(rig.take(), CaptureStatus::failed);
    EXPECT_EQ(rig.driver.error_text(), "the camera has a sensor of no known kind: " + std::to_string(id));
    EXPECT_EQ(rig.driver.sensor(), nullptr);
    EXPECT_EQ(rig.camera.exposures, 0);
  }
}

TEST(ArducamMega, ThrowsAwayWhatCameBeforeItSawRight) {
  MegaRig rig(0x86);
  rig.camera.frame_ms = 30;
  ASSERT_EQ(rig.take(), CaptureStatus::ok);
  EXPECT_TRUE(rig.is_lit());
  const auto discarded = rig.driver.counters().discarded;
  EXPECT_GE(discarded, 2U);
  ASSERT_EQ(rig.take(), CaptureStatus::ok);
  EXPECT_EQ(rig.driver.counters().discarded, discarded);
  EXPECT_LT(rig.took_ms, 200);
}

TEST(ArducamMega, RestsAndWakes) {
  for (const std::uint8_t id : mega_ids) {
    SCOPED_TRACE(static_cast<int>(id));
    MegaRig rig(id, /*can_power_cycle=*/false);
    rig.driver.rest(60'000);  // it has not begun
    ASSERT_EQ(rig.take(), CaptureStatus::ok);
    for (int i = 0; i < 2; ++i) {
      rig.driver.rest(60'000);
      rig.driver.rest(60'000);
      EXPECT_TRUE(rig.camera.resting());
      rig.clock.now_ms += 60'000;
      ASSERT_EQ(rig.take(), CaptureStatus::ok);
      EXPECT_FALSE(rig.camera.resting());
      EXPECT_TRUE(rig.is_lit());
    }
    EXPECT_EQ(rig.camera.resets, 1);
    EXPECT_THAT(rig.camera.mistakes, IsEmpty());
  }
}

TEST(ArducamMega, IsOffForLongPausesWhereItsSupplyCanBeCut) {
  for (const std::uint8_t id : mega_ids) {
    SCOPED_TRACE(static_cast<int>(id));
    MegaRig rig(id);
    ASSERT_EQ(rig.take(), CaptureStatus::ok);
    rig.driver.rest(min_mega_off_ms - 1);
    EXPECT_TRUE(rig.camera.resting());
    EXPECT_TRUE(rig.camera.powered());
    rig.driver.rest(min_mega_off_ms);
    EXPECT_FALSE(rig.camera.powered());
    rig.driver.rest(min_sensor_rest_ms);  // it has no power to be put to rest with
    EXPECT_FALSE(rig.camera.powered());
    rig.clock.now_ms += min_mega_off_ms;
    ASSERT_EQ(rig.take(), CaptureStatus::ok);
    EXPECT_TRUE(rig.camera.powered());
    EXPECT_TRUE(rig.is_lit());
    EXPECT_EQ(rig.driver.counters().power_cycles, 0U) << "nothing was wrong with it";
    EXPECT_THAT(rig.camera.mistakes, IsEmpty());
  }
}

TEST(ArducamMega, WakesWhatAnEarlierStartLeftAtRest) {
  for (const std::uint8_t id : mega_ids) {
    MegaRig rig(id);
    rig.camera.rests_over_resets = true;
    ASSERT_EQ(rig.take(), CaptureStatus::ok);
    rig.driver.rest(min_sensor_rest_ms);
    ArducamMega restarted(rig.camera, rig.clock);
    ASSERT_EQ(restarted.capture(rig.slab.data(), rig.slab.size(), rig.clock.now_ms + 10'000, rig.frame),
              CaptureStatus::ok);
    EXPECT_TRUE(rig.is_lit());
    EXPECT_THAT(rig.camera.mistakes, IsEmpty());
  }
}

TEST(ArducamMega, WritesWhatHasChanged) {
  MegaRig rig(0x86);
  ASSERT_EQ(rig.take(), CaptureStatus::ok);
  const std::size_t written = rig.camera.writes.size();
  ImageSettings settings;
  EXPECT_TRUE(rig.driver.apply(settings).empty());
  ASSERT_EQ(rig.take(), CaptureStatus::ok);
  EXPECT_EQ(rig.camera.writes.size(), written);

  settings.contrast = -2;
  EXPECT_TRUE(rig.driver.apply(settings).empty());
  ASSERT_EQ(rig.take(), CaptureStatus::ok);
  ASSERT_EQ(rig.camera.writes.size(), written + 1);
  EXPECT_EQ(rig.camera.held(mega::contrast), 4);
  EXPECT_TRUE(rig.driver.apply({}).empty());
  ASSERT_EQ(rig.take(), CaptureStatus::ok);
  EXPECT_EQ(rig.camera.held(mega::contrast), 0);
}

// The frame that was begun before shows some of both.
TEST(ArducamMega, ThrowsAFrameAwayAfterAChange) {
  MegaRig rig(0x81);
  ASSERT_EQ(rig.take(), CaptureStatus::ok);
  const auto discarded = rig.driver.counters().discarded;
  ImageSettings settings;
  settings.effect = ImageWord("sepia");
  EXPECT_TRUE(rig.driver.apply(settings).empty());
  ASSERT_EQ(rig.take(), CaptureStatus::ok);
  EXPECT_EQ(rig.driver.counters().discarded, discarded + 1);
}

TEST(ArducamMega, SetsItAnewAfterAReset) {
  MegaRig rig(0x84);
  ImageSettings settings;
  settings.sharpness = 5;
  settings.auto_exposure = false;
  settings.exposure_lines = 0x1234;
  EXPECT_TRUE(rig.driver.apply(settings).empty());
  ASSERT_EQ(rig.take(), CaptureStatus::ok);
  FakeShot rubbish;
  rubbish.picture = "rubbish";
  rig.camera.shots = {rubbish, rubbish};
  ASSERT_EQ(rig.take(), CaptureStatus::ok);
  EXPECT_EQ(rig.camera.resets, 2);
  EXPECT_TRUE(rig.is_lit());
  EXPECT_EQ(rig.camera.held(mega::sharpness), 5);
  EXPECT_EQ(rig.camera.held(mega::exposure_middle), 0x12);
  EXPECT_EQ(rig.camera.held(mega::exposure_low), 0x34);
  EXPECT_EQ(rig.camera.held(mega::format), mega::format_jpeg);
}

TEST(ArducamMega, WaitsForASensorThatTakesItsTime) {
  for (const std::int64_t setting_ms : {0, 1, 40, 150}) {
    MegaRig rig(0x85);
    rig.camera.setting_ms = setting_ms;
    ImageSettings settings;
    settings.auto_iso = false;
    settings.iso_gain = 100;
    settings.brightness = 1;
    EXPECT_TRUE(rig.driver.apply(settings).empty());
    ASSERT_EQ(rig.take(), CaptureStatus::ok) << setting_ms << " " << rig.driver.error_text();
    EXPECT_THAT(rig.camera.mistakes, IsEmpty());
    EXPECT_EQ(rig.driver.counters().failures, 0U);
  }
}

TEST(ArducamMega, ComplainsOfWhatItsSensorCannotDo) {
  MegaRig rig(0x86);
  ASSERT_TRUE(rig.driver.start(rig.clock.now_ms + 5'000));
  ImageSettings settings;
  settings.brightness = 3;
  EXPECT_TRUE(rig.driver.apply(settings).empty());
  settings.rotation = 90;
  EXPECT_EQ(rig.driver.apply(settings).view(), "`rotation` must be 0 or 180 here");
  ASSERT_EQ(rig.take(), CaptureStatus::ok);
  EXPECT_EQ(rig.camera.held(mega::brightness), 5);  // what held before
}

TEST(ArducamMega, KeepsSettingsForACameraThatComesLater) {
  MegaRig rig(0x86);
  rig.camera.connected = false;
  EXPECT_FALSE(rig.driver.start(rig.clock.now_ms + 5'000));
  ImageSettings settings;
  settings.brightness = -1;
  EXPECT_TRUE(rig.driver.apply(settings).empty());
  rig.camera.connected = true;
  ASSERT_EQ(rig.take(), CaptureStatus::ok);
  EXPECT_EQ(rig.camera.held(mega::brightness), 2);

  MegaRig other(0x86);  // which has no sharpness
  settings.sharpness = 3;
  EXPECT_TRUE(other.driver.apply(settings).empty());
  ASSERT_EQ(other.take(), CaptureStatus::ok);
  EXPECT_EQ(other.camera.held(mega::brightness), 0);
}

TEST(ArducamMega, ShowsWhoWatchesWhatHeWishes) {
  MegaRig rig(0x86);
  rig.driver.prefer({640, 20});
  ASSERT_EQ(rig.take(), CaptureStatus::ok);
  EXPECT_EQ(rig.frame.size, 640 * 480 / 80U);
  rig.driver.prefer({});
  ASSERT_EQ(rig.take(), CaptureStatus::ok);
  EXPECT_EQ(rig.frame.size, 1600 * 1200 / 40U);
  EXPECT_THAT(rig.camera.mistakes, IsEmpty());
}

// 48,000 bytes are twelve bursts, and no transfer is longer than a descriptor.
TEST(ArducamMega, ReadsInBursts) {
  MegaRig rig(0x86);
  ASSERT_EQ(rig.take(), CaptureStatus::ok);
  const int before = rig.camera.transfers;
  ASSERT_EQ(rig.take(), CaptureStatus::ok);
  EXPECT_LT(rig.camera.transfers - before, 12 + 3 + 2 + 66 / 2 + 5);
  EXPECT_THAT(rig.camera.mistakes, IsEmpty());
}

}  // namespace
}  // namespace heliograph::firmware
