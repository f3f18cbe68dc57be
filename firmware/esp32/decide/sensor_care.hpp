// What is done when a sensor gives no picture, or only broken ones. Pure.
#pragma once

#include <cstdint>

namespace heliograph::firmware {

// Pictures in a row that did not come before the sensor's power is cycled …
inline constexpr int failures_before_power = 3;
// … and such cycles in a row before the board restarts: a driver that has lost its interrupt does not get it
// back otherwise.
inline constexpr int powers_before_restart = 3;
// Between two restarts for a sensor, milliseconds: one that is broken must not keep the board from its
// server, which is to be told.
inline constexpr std::int64_t sensor_restart_each_ms = 6 * std::int64_t{3'600'000};

enum class SensorStep { none, cycle_power, restart_board };

class SensorCare {
 public:
  explicit SensorCare(std::int64_t now_ms) : restarted_ms_(now_ms) {}

  void worked();
  // What is to be done before the next picture.
  SensorStep failed(std::int64_t now_ms);
  // Pictures of a smaller size are asked for: a cable that is too long, a supply too weak, memory too little
  // carries those still.
  bool smaller() const { return powers_ >= 2; }

 private:
  int failures_ = 0;
  int powers_ = 0;
  const std::int64_t restarted_ms_;  // the board began; a restart comes so long after it at the earliest
};

}  // namespace heliograph::firmware
