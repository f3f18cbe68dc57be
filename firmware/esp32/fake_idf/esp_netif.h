// Of our own, for the host: as much of ESP-IDF's <esp_netif.h> as firmware/esp32 uses. See README.md.
#pragma once

#include <cstdint>
#include <esp_event.h>

using esp_netif_t = struct FakeNetif;
struct esp_netif_config_t {
  int kind;
};
struct esp_ip4_addr_t {
  std::uint32_t addr;
};
struct esp_netif_ip_info_t {
  esp_ip4_addr_t ip;
};
extern const char* const IP_EVENT;
enum ip_event_t { IP_EVENT_STA_GOT_IP, IP_EVENT_PPP_GOT_IP, IP_EVENT_PPP_LOST_IP };

esp_err_t esp_netif_init();
esp_netif_t* esp_netif_new(const esp_netif_config_t* config);
void esp_netif_destroy(esp_netif_t* netif);
esp_netif_t* esp_netif_create_default_wifi_sta();
esp_netif_t* esp_netif_create_default_wifi_ap();
esp_err_t esp_netif_set_default_netif(esp_netif_t* netif);
esp_err_t esp_netif_get_ip_info(esp_netif_t* netif, esp_netif_ip_info_t* info);
char* esp_ip4addr_ntoa(const esp_ip4_addr_t* address, char* out, int size);
