#include "firmware/core/planner_fixture.hpp"

#include <string>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

TEST(Planner, KeepsItsPicturesWhileItMustBeSparing) {
  PlannerConfig config = every(60'000);
  config.heartbeat_ms = 20'000;
  Script camera(config);
  camera.planner.spare(0, 600'000);
  for (int minute = 0; minute < 10; ++minute) {
    camera.at(minute * 60'000);
    camera.capture();
    EXPECT_EQ(camera.next(), "sleep " + std::to_string((minute + 1) * 60'000)) << minute;
  }
  camera.at(600'000);
  camera.capture();
  EXPECT_EQ(camera.next(), "heartbeat");
  camera.planner.spoken(camera.now_ms, {Verdict::stored, {}});
  EXPECT_EQ(camera.planner.silence_ms(), 600'000);
  camera.duty.report = true;  // what came of an order is told all the same
  EXPECT_EQ(camera.next(), "heartbeat");
  camera.duty.report = false;
  camera.planner.spare(camera.now_ms, std::nullopt);
  for (int i = 0; i < 11; ++i) camera.upload(Verdict::stored);
  EXPECT_EQ(camera.next(), "sleep 620000");
}

TEST(Planner, LetsTheSensorRestBetweenPicturesThatAreFarApart) {
  Script camera(every(60'000));
  camera.planner.let_sensor_rest(true);
  camera.capture();
  EXPECT_EQ(camera.next(), "rest 60000");  // before it sends
  camera.planner.rested();
  camera.upload(Verdict::stored);
  EXPECT_EQ(camera.next(), "sleep 60000");
  camera.at(51'000);
  camera.planner.captured_extra(CaptureResult::spooled);  // somebody wanted one
  EXPECT_EQ(camera.next(), "sleep 60000") << "the next is near";
  camera.at(60'000);
  camera.capture(CaptureResult::garbled);
  EXPECT_EQ(camera.next(), "capture");
  camera.capture();
  EXPECT_EQ(camera.next(), "rest 60000");
}

TEST(Planner, KeepsTheSensorReadyOtherwise) {
  Script ready(every(60'000));
  ready.capture();
  EXPECT_EQ(ready.next(), "upload");
  Script quick(every(min_sensor_rest_ms - 1));
  quick.planner.let_sensor_rest(true);
  quick.capture();
  EXPECT_EQ(quick.next(), "upload");
  Script endless(every(0));
  endless.planner.let_sensor_rest(true);
  endless.capture();
  EXPECT_EQ(endless.next(), "upload");
}

TEST(Planner, LetsTheSensorRestWhileTheCameraSleepsByOrder) {
  Script camera(every(1'000));
  camera.planner.let_sensor_rest(true);
  camera.capture();
  camera.planner.sleep_until(3'600'000);
  EXPECT_EQ(camera.next(), "rest 3600000");
  camera.planner.rested();
  EXPECT_EQ(camera.next(), "sleep 3600000");
}

TEST(Planner, FetchesNoProgramWhileItMustBeSparing) {
  Script camera(every(60'000));
  camera.duty.fetch = true;
  camera.planner.spare(0, 600'000);
  camera.capture();
  EXPECT_EQ(camera.next(), "sleep 60000");
  camera.planner.spare(0, std::nullopt);
  EXPECT_EQ(camera.next(), "fetch");
}

TEST(Planner, SpeaksOnlyWithPicturesWhenItSleepsDeeply) {
  PlannerConfig config = every(60'000);
  config.heartbeat_ms = 20'000;
  Script camera(config);
  camera.capture();
  camera.upload(Verdict::stored);
  EXPECT_EQ(camera.next(), "sleep 20000");
  camera.planner.set_heartbeat(0, 0);
  EXPECT_EQ(camera.next(), "sleep 60000");
  EXPECT_EQ(camera.planner.silence_ms(), 0);
  camera.planner.set_heartbeat(5'000, 20'000);
  EXPECT_EQ(camera.next(), "heartbeat");  // it has been silent for long enough
}

}  // namespace
}  // namespace heliograph::firmware
