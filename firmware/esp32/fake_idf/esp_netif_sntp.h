// Of our own, for the host: as much of ESP-IDF's <esp_netif_sntp.h> as firmware/esp32 uses. See README.md.
#pragma once

#include <esp_netif.h>
#include <sys/time.h>

struct esp_sntp_config_t {
  void (*sync_cb)(timeval* time);
  const char* servers[1];
};
#define ESP_NETIF_SNTP_DEFAULT_CONFIG(server) \
  esp_sntp_config_t {                         \
    nullptr, {                                \
      server                                  \
    }                                         \
  }
esp_err_t esp_netif_sntp_init(const esp_sntp_config_t* config);
