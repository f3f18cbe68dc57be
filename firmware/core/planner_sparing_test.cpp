#include "firmware/core/planner_fixture.hpp"

#include <string>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

TEST(Planner, KeepsItsPicturesWhileItMustBeSparing) {
  PlannerConfig config = every(60'000);
  config.heartbeat_ms = 20'000;
  Script camera(config);
  camera.planner.spare(0, Sparing{600'000, std::nullopt});
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

TEST(Planner, FetchesNoProgramWhileItMustBeSparing) {
  Script camera(every(60'000));
  camera.duty.fetch = true;
  camera.planner.spare(0, Sparing{600'000, std::nullopt});
  camera.capture();
  EXPECT_EQ(camera.next(), "sleep 60000");
  camera.planner.spare(0, std::nullopt);
  EXPECT_EQ(camera.next(), "fetch");
}

TEST(Planner, SendsOneNowAndThenWhenItSpeaksOnlyBesidePictures) {
  Script camera(every(60'000));
  camera.planner.spare(0, Sparing{0, 120'000});
  camera.capture();
  EXPECT_EQ(camera.next(), "sleep 60000");
  camera.at(60'000);
  camera.capture();
  EXPECT_EQ(camera.next(), "sleep 120000");
  camera.at(120'000);
  camera.capture();
  camera.upload(Verdict::stored);
  EXPECT_EQ(camera.next(), "sleep 180000");
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
