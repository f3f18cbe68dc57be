#include "firmware/esp32/decide/sensor_care.hpp"

#include <string>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

std::string steps(SensorCare& care, int failures, std::int64_t now_ms) {
  std::string took;
  for (int i = 0; i < failures; ++i) {
    const SensorStep step = care.failed(now_ms);
    took += step == SensorStep::none ? '.' : step == SensorStep::cycle_power ? 'P' : 'R';
  }
  return took;
}

TEST(SensorCare, PowerIsCycledThenTheBoardRestartsButRarely) {
  SensorCare care(1'000);
  EXPECT_EQ(steps(care, 15, 2'000), "..P..P..P..P..P");
  EXPECT_EQ(steps(care, 3, 1'000 + sensor_restart_each_ms - 1), "..P");
  EXPECT_EQ(steps(care, 3, 1'000 + sensor_restart_each_ms), "..R");
}

TEST(SensorCare, APictureEndsTheCount) {
  SensorCare care(0);
  EXPECT_EQ(steps(care, 2, sensor_restart_each_ms), "..");
  care.worked();
  EXPECT_EQ(steps(care, 8, sensor_restart_each_ms), "..P..P..");
  EXPECT_TRUE(care.smaller());
  care.worked();
  EXPECT_FALSE(care.smaller());
  EXPECT_EQ(steps(care, 10, sensor_restart_each_ms), "..P..P..P.");
}

}  // namespace
}  // namespace heliograph::firmware
