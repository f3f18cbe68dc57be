// Of our own, for the host: as much of ESP-IDF's <nvs_flash.h> as firmware/esp32 uses. See README.md.
#pragma once

#include <nvs.h>

esp_err_t nvs_flash_init();
esp_err_t nvs_flash_erase();
