// Of our own, for the host: as much of ESP-IDF's <esp_sleep.h> as firmware/esp32 uses. See README.md.
#pragma once

#include <cstdint>
#include <esp_err.h>

esp_err_t esp_sleep_enable_timer_wakeup(std::uint64_t time_us);
[[noreturn]] void esp_deep_sleep_start();
