#include "firmware/esp32/port/device_board.hpp"

#include "firmware/core/platform/fake_clock.hpp"
#include "firmware/core/platform/fake_frame_source.hpp"
#include "firmware/core/platform/fake_lock.hpp"
#include "firmware/esp32/boards/t_sim7600.hpp"
#include "firmware/esp32/fake_idf/fake_os.hpp"
#include "firmware/esp32/fake_idf/fake_wires.hpp"
#include "firmware/esp32/port/locked_source.hpp"
#include "firmware/esp32/port/task_reach.hpp"

#include <string>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

struct Sensor final : SensorControl {
  Complaint apply(const ImageSettings& settings) override {
    return settings.quality ? Complaint() : Complaint("`quality` is missing");
  }
  std::string_view name() const override { return "ov2640"; }
  std::string_view capabilities() const override { return R"(,"quality"],"resolutions":["640x480"]})"; }
  bool is_missing() const override { return missing; }
  bool missing = false;
};

LiveLimits limited;

class DeviceBoardTest : public testing::Test {
 protected:
  DeviceBoardTest() { fake_idf::heap() = {}; }

  FakeClock clock_;
  Sensor sensor_;
  NetworkReadings readings_;
  StatusLight light_{12, false};
  DeviceBoard board_{t_sim7600_board(),
                     {sensor_, readings_, light_, clock_, "0.1.0", protocol::ResetReason::brownout,
                      [](const LiveLimits& limits) { limited = limits; }}};
};

TEST_F(DeviceBoardTest, SaysWhatItIsInWholeJson) {
  const BoardFacts facts = board_.facts();
  EXPECT_EQ(facts.firmware, "0.1.0");
  EXPECT_EQ(facts.model, "t-sim7600-mega");
  EXPECT_EQ(facts.sensor, "ov2640");
  const std::string told(facts.capabilities);
  EXPECT_EQ(told.substr(0, 23), R"({"commands":["capture",)");
  EXPECT_EQ(told.substr(told.size() - 49), R"(_budget_mb","quality"],"resolutions":["640x480"]})");
}

TEST_F(DeviceBoardTest, OffersNoPicturesWithoutASensor) {
  sensor_.missing = true;
  EXPECT_EQ(std::string(board_.facts().capabilities).substr(0, 22), R"({"commands":["reboot",)");
  sensor_.missing = false;
  EXPECT_EQ(std::string(board_.facts().capabilities).substr(0, 23), R"({"commands":["capture",)");
}

TEST_F(DeviceBoardTest, MeasuresWhatItCanAndLeavesTheRestOut) {
  fake_idf::pin_mv() = 0;  // it runs from USB
  protocol::Telemetry telemetry;
  clock_.now_ms = 3'600'000;
  board_.measure(telemetry);
  EXPECT_FALSE(telemetry.battery_mv);
  EXPECT_FALSE(telemetry.rssi_dbm);
  EXPECT_FALSE(telemetry.lat_e7);
  EXPECT_EQ(telemetry.uptime_s, 3'600);
  EXPECT_EQ(telemetry.reset, 7);
  EXPECT_EQ(telemetry.heap_bytes, 100'000);
  fake_idf::pin_mv() = 1'956;
  readings_.signal_dbm = -79;
  readings_.lat_e7 = 450700780;
  readings_.lon_e7 = 76873667;
  readings_.has_fix = true;
  board_.measure(telemetry);
  EXPECT_EQ(telemetry.battery_mv, 3'912);
  EXPECT_EQ(telemetry.rssi_dbm, -79);
  EXPECT_EQ(telemetry.lon_e7, 76873667);
}

TEST_F(DeviceBoardTest, SleepsOnlyWhenItsServerDoesNotWantItsLink) {
  EXPECT_FALSE(board_.may_sleep());
  LiveLimits limits;
  limits.awake = false;
  limits.sending = false;
  limits.max_fps = 3;
  board_.limit_live(limits);
  EXPECT_TRUE(board_.may_sleep());
  EXPECT_FALSE(board_.may_send());
  EXPECT_EQ(limited.max_fps, 3);
  EXPECT_FALSE(board_.apply({}).empty());
}

TEST(LockedSource, EachOfThoseWhoShareASensorHasItsWishesAndItsErrors) {
  FakeFrameSource sensor;
  FakeLock lock;
  LockedSource agent(sensor, lock);
  LockedSource link(sensor, lock);
  FrameWish small;
  small.width = 640;
  link.prefer(small);
  std::uint8_t out[8];
  Frame frame;
  ASSERT_EQ(link.capture(out, sizeof out, 0, frame), CaptureStatus::ok);
  EXPECT_EQ(sensor.wanted.width, 640);
  sensor.connected = false;
  EXPECT_EQ(agent.capture(out, sizeof out, 0, frame), CaptureStatus::failed);
  EXPECT_EQ(sensor.wanted.width, 0);
  EXPECT_EQ(agent.error_text(), "the sensor does not answer");
  EXPECT_EQ(link.error_text(), "");
}

TEST(TaskReach, AnswersAreToldNowAndThenAndAMissAtOnce) {
  LinkEvents events;
  Vitals vitals;
  FakeClock clock;
  TaskReach reach(events, vitals, clock, TaskName::agent);
  const auto told = [&] {
    std::string kinds;
    LinkEvent event;
    while (events.take(event, 0)) kinds += event.kind == LinkEvent::Kind::reached ? 'r' : 'm';
    return kinds;
  };
  for (int i = 0; i < 100; ++i) reach.reached();
  EXPECT_EQ(told(), "r");
  clock.now_ms += reach_told_each_ms;
  reach.reached();
  reach.missed();
  reach.reached();
  EXPECT_EQ(told(), "rmr");
  vitals.waits(TaskName::agent, clock.now_ms, 0);
  clock.now_ms += 10 * std::int64_t{task_patience_ms};
  EXPECT_FALSE(vitals.well(clock.now_ms));
  reach.moved();
  EXPECT_TRUE(vitals.well(clock.now_ms));
}

}  // namespace
}  // namespace heliograph::firmware
