#include "firmware/esp32/decide/sensor_care.hpp"

namespace heliograph::firmware {

void SensorCare::worked() {
  failures_ = 0;
  powers_ = 0;
}

SensorStep SensorCare::failed(std::int64_t now_ms) {
  if (++failures_ < failures_before_power) return SensorStep::none;
  failures_ = 0;
  ++powers_;
  const bool may_restart = now_ms - restarted_ms_ >= sensor_restart_each_ms;
  return powers_ > powers_before_restart && may_restart ? SensorStep::restart_board : SensorStep::cycle_power;
}

}  // namespace heliograph::firmware
