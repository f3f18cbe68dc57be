// Of our own, for the host: as much of ESP-IDF's <esp_crt_bundle.h> as firmware/esp32 uses. See README.md.
#pragma once

#include <esp_err.h>

esp_err_t esp_crt_bundle_attach(void* config);
