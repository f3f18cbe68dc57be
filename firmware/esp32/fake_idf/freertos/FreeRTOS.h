// Of our own, for the host: as much of ESP-IDF's <freertos/FreeRTOS.h> as firmware/esp32 uses. See README.md.
#pragma once

#include <cstdint>

using TickType_t = std::uint32_t;
using BaseType_t = int;
using UBaseType_t = unsigned;

#define pdTRUE 1
#define pdFALSE 0
#define portMAX_DELAY 0xffffffffU
// One tick is a millisecond.
#define pdMS_TO_TICKS(ms) static_cast<TickType_t>(ms)
