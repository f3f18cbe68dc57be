// Of our own, for the host: as much of ESP-IDF's <esp_log.h> as firmware/esp32 uses. See README.md.
#pragma once

#include <cstdio>

// A board's log is nothing that a test compares; the arguments are still checked against the format.
#define ESP_LOGI(tag, format, ...) \
  static_cast<void>(sizeof(std::printf("%s: " format "\n", tag, __VA_ARGS__)))
