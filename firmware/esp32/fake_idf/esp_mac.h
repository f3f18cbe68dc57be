// Of our own, for the host: as much of ESP-IDF's <esp_mac.h> as firmware/esp32 uses. See README.md.
#pragma once

#include <cstdint>
#include <esp_err.h>

enum esp_mac_type_t { ESP_MAC_WIFI_STA };
esp_err_t esp_read_mac(std::uint8_t* mac, esp_mac_type_t type);
