// The board's small light: says how it is, and which one it is.
#pragma once

#include "firmware/esp32/boards/board_pins.hpp"

#include <atomic>
#include <cstdint>

namespace heliograph::firmware {

enum class LightSign {
  dark,      // all is well: a light takes milliamperes, and draws eyes
  starting,  // on
  portal,    // slow blinking: it waits to be set up
  offline,   // a short blink every few seconds
  identify   // fast blinking
};

// Whether the light is on at this moment of its sign. Pure.
bool light_is_on(LightSign sign, std::int64_t now_ms);

// The supervisor's task, but for identify().
class StatusLight {
 public:
  StatusLight(int pin, bool inverted);

  void show(LightSign sign, std::int64_t now_ms);
  bool identifies(std::int64_t now_ms) const { return now_ms / 1000 < identify_until_s_; }
  // Any task.
  void identify(std::int64_t until_ms) { identify_until_s_ = static_cast<std::uint32_t>(until_ms / 1000); }

 private:
  const int pin_;
  const bool inverted_;
  std::atomic<std::uint32_t> identify_until_s_{0};
};

}  // namespace heliograph::firmware
