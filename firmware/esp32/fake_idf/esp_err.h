// Of our own, for the host: as much of ESP-IDF's <esp_err.h> as firmware/esp32 uses. See README.md.
#pragma once

#include <sdkconfig.h>

using esp_err_t = int;

#define ESP_OK 0
#define ESP_FAIL (-1)
#define ESP_ERR_NO_MEM 0x101
#define ESP_ERR_INVALID_ARG 0x102
#define ESP_ERR_INVALID_STATE 0x103
#define ESP_ERR_INVALID_SIZE 0x104
#define ESP_ERR_NOT_FOUND 0x105

const char* esp_err_to_name(esp_err_t error);
