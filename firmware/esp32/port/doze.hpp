// Lets the chip doze, as decide/doze.hpp says. The moment is ESP-IDF's: when every task waits and nobody
// holds an AwakeLock, until the next timer, or the next beacon that Wi-Fi listens for.
#pragma once

#include "firmware/esp32/port/awake_lock.hpp"

namespace heliograph::firmware {

// The supervisor's task. One of it in a program.
class Doze {
 public:
  // It stays awake until it is let.
  Doze() {
    lock_.hold(true);
    esp_pm_config_t config = {};
    // One speed: to change it takes its time in every pause of every task.
    config.max_freq_mhz = config.min_freq_mhz = CONFIG_ESP_DEFAULT_CPU_FREQ_MHZ;
    config.light_sleep_enable = lock_.works();
    esp_pm_configure(&config);
  }

  void allow(bool allowed) { lock_.hold(!allowed); }

 private:
  AwakeLock lock_{"supervisor"};
};

}  // namespace heliograph::firmware
