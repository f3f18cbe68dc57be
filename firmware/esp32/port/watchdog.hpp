// The chip's watchdog, fed by the supervisor while every task gets on: a board whose agent hangs restarts,
// however busy its idle task is.
#pragma once

#include "firmware/esp32/decide/vitals.hpp"

#include <esp_task_wdt.h>

namespace heliograph::firmware {

// Not fed for so long, the board restarts, milliseconds. A task's own patience (vitals.hpp) comes before it.
inline constexpr std::uint32_t watchdog_ms = 30'000;

// The task that constructs it feeds it.
class Watchdog {
 public:
  explicit Watchdog(const Vitals& vitals) : vitals_(vitals) {
    esp_task_wdt_config_t config = {};
    config.timeout_ms = watchdog_ms;
    config.idle_core_mask = 0;  // a long transfer may starve the idle task, and is no fault
    config.trigger_panic = true;
    if (esp_task_wdt_reconfigure(&config) != ESP_OK) esp_task_wdt_init(&config);
    esp_task_wdt_add(nullptr);
  }
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

  void look(std::int64_t now_ms) {
    if (vitals_.well(now_ms)) esp_task_wdt_reset();
  }

 private:
  const Vitals& vitals_;
};

}  // namespace heliograph::firmware
