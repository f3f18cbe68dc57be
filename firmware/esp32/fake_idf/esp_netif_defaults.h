// Of our own, for the host: as much of ESP-IDF's <esp_netif_defaults.h> as firmware/esp32 uses. See
// README.md.
#pragma once

#include <esp_netif.h>

#define ESP_NETIF_DEFAULT_PPP() esp_netif_config_t{3}
