#include "firmware/esp32/port/parallel_sensor.hpp"

#include "firmware/core/platform/fake_clock.hpp"
#include "firmware/esp32/boards/ai_thinker.hpp"
#include "firmware/esp32/fake_idf/fake_os.hpp"
#include "firmware/esp32/fake_idf/fake_wires.hpp"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

class ParallelSensorTest : public testing::Test {
 protected:
  ParallelSensorTest() {
    fake_idf::sensor_chip() = {};
    fake_idf::heap() = {};
    fake_idf::chip() = {};
    fake_idf::hold_time(0);
  }
  ~ParallelSensorTest() override { fake_idf::end_time(); }

  CaptureStatus capture() { return sensor_.capture(out_, sizeof out_, 10'000, frame_); }
  static bool was_set(const std::string& what) {
    const auto& set = fake_idf::sensor_chip().set;
    return std::find(set.begin(), set.end(), what) != set.end();
  }

  FakeClock clock_;
  ParallelSensor sensor_{ai_thinker_board().parallel, clock_};
  std::uint8_t out_[8];
  Frame frame_;
};

TEST_F(ParallelSensorTest, TheFirstPicturesAreNotKept) {
  fake_idf::sensor_chip().pictures = {"green", "dark", "good"};
  ASSERT_EQ(capture(), CaptureStatus::ok);
  EXPECT_EQ(std::string(reinterpret_cast<char*>(out_), frame_.size), "good");
  EXPECT_EQ(fake_idf::sensor_chip().lent, 0);
  EXPECT_EQ(fake_idf::sensor_chip().buffers, 2U);
  EXPECT_TRUE(fake_idf::sensor_chip().newest);
  EXPECT_EQ(sensor_.name(), "ov2640");
}

TEST_F(ParallelSensorTest, WithoutPsramItIsSmall) {
  fake_idf::heap().psram = 0;
  fake_idf::sensor_chip().pictures = {"1", "2", "3"};
  ASSERT_EQ(capture(), CaptureStatus::ok);
  EXPECT_EQ(fake_idf::sensor_chip().buffers, 1U);
  EXPECT_TRUE(was_set("framesize=" + std::to_string(FRAMESIZE_VGA)));
}

TEST_F(ParallelSensorTest, APictureThatDoesNotFitIsGivenBack) {
  fake_idf::sensor_chip().pictures = {"1", "2", "far too long"};
  EXPECT_EQ(capture(), CaptureStatus::failed);
  EXPECT_EQ(sensor_.error_text(), "the picture is larger than the memory for it");
  EXPECT_EQ(fake_idf::sensor_chip().lent, 0);
}

TEST_F(ParallelSensorTest, ThreeThatDoNotComeCycleThePowerAndInTheEndTheBoard) {
  for (int i = 0; i < failures_before_power; ++i) EXPECT_EQ(capture(), CaptureStatus::failed);
  EXPECT_EQ(fake_idf::sensor_chip().stops, 1);
  fake_idf::sensor_chip().pictures = {"1", "2", "good"};
  EXPECT_EQ(capture(), CaptureStatus::ok);
  EXPECT_EQ(fake_idf::sensor_chip().starts, 2);
  clock_.now_ms += sensor_restart_each_ms;
  for (int i = 0; i < failures_before_power * (powers_before_restart + 1); ++i) {
    EXPECT_FALSE(sensor_.wants_restart());
    capture();
  }
  EXPECT_TRUE(sensor_.wants_restart());
}

TEST_F(ParallelSensorTest, ASensorThatIsNotThereFails) {
  fake_idf::sensor_chip().answers = false;
  EXPECT_EQ(capture(), CaptureStatus::failed);
  EXPECT_EQ(sensor_.error_text(), "the sensor does not answer");
  EXPECT_EQ(sensor_.name(), "none");
}

TEST_F(ParallelSensorTest, IsStoppedForALongRest) {
  fake_idf::sensor_chip().pictures = {"1", "2", "good", "1", "2", "better"};
  ASSERT_EQ(capture(), CaptureStatus::ok);
  sensor_.rest(min_parallel_off_ms - 1);
  EXPECT_EQ(fake_idf::sensor_chip().stops, 0);
  EXPECT_EQ(fake_idf::chip().awake_locks, 1);  // the chip does not doze under it
  sensor_.rest(min_parallel_off_ms);
  EXPECT_EQ(fake_idf::sensor_chip().stops, 1);
  EXPECT_EQ(fake_idf::chip().awake_locks, 0);
  ASSERT_EQ(capture(), CaptureStatus::ok);
  EXPECT_EQ(std::string(reinterpret_cast<char*>(out_), frame_.size), "better");
}

TEST_F(ParallelSensorTest, ASensorThatDoesNotAnswerKeepsNobodyAwake) {
  fake_idf::sensor_chip().answers = false;
  EXPECT_EQ(capture(), CaptureStatus::failed);
  EXPECT_EQ(fake_idf::chip().awake_locks, 0);
}

TEST_F(ParallelSensorTest, SettingsHoldFromTheNextPictureOn) {
  ImageSettings settings;
  settings.resolution = ImageWord("640x480");
  settings.quality = 100;
  settings.rotation = 180;
  settings.auto_exposure = false;
  settings.exposure_lines = 9'999;
  settings.brightness = -7;
  settings.effect = ImageWord("sepia");
  settings.white_balance = ImageWord("cloudy");
  EXPECT_TRUE(sensor_.apply(settings).empty());
  fake_idf::sensor_chip().pictures = {"1", "2", "3"};
  ASSERT_EQ(capture(), CaptureStatus::ok);
  for (const char* what : {"quality=10", "vflip=1", "hmirror=1", "exposure_ctrl=0", "aec_value=1200",
                           "gain_ctrl=1", "brightness=-2", "special_effect=6", "wb_mode=2"}) {
    EXPECT_TRUE(was_set(what)) << what;
  }
  EXPECT_FALSE(was_set("contrast=0"));  // nobody asked
}

TEST_F(ParallelSensorTest, WhatItCannotDoIsRefusedAndNothingChanges) {
  for (const auto& change :
       {+[](ImageSettings& s) { s.resolution = ImageWord("7x7"); },
        +[](ImageSettings& s) { s.rotation = 90; }, +[](ImageSettings& s) { s.effect = ImageWord("glow"); },
        +[](ImageSettings& s) { s.white_balance = ImageWord("candle"); }}) {
    ImageSettings settings;
    change(settings);
    EXPECT_FALSE(sensor_.apply(settings).empty());
  }
}

TEST(JpegNumber, OfAQuality) {
  EXPECT_EQ(jpeg_number(100), best_jpeg_number);
  EXPECT_EQ(jpeg_number(1), worst_jpeg_number);
  EXPECT_EQ(jpeg_number(1'000), best_jpeg_number);
  EXPECT_GT(jpeg_number(50), jpeg_number(60));
}

}  // namespace
}  // namespace heliograph::firmware
