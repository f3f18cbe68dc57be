// Of our own, for the host: as much of ESP-IDF's <esp_timer.h> as firmware/esp32 uses. See README.md.
#pragma once

#include <cstdint>

std::int64_t esp_timer_get_time();  // microseconds
