// Of our own, for the host: as much of ESP-IDF's <esp_attr.h> as firmware/esp32 uses. See README.md.
#pragma once

#define RTC_NOINIT_ATTR
