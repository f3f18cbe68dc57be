// Of our own, for the host: as much of ESP-IDF's <esp_wifi.h> as firmware/esp32 uses. See README.md.
#pragma once

#include <cstdint>
#include <esp_event.h>

extern const char* const WIFI_EVENT;
enum wifi_event_t { WIFI_EVENT_STA_DISCONNECTED = 5 };
enum wifi_err_reason_t { WIFI_REASON_CONNECTION_FAIL = 205 };
enum wifi_mode_t { WIFI_MODE_NULL, WIFI_MODE_STA, WIFI_MODE_AP, WIFI_MODE_APSTA };
enum wifi_interface_t { WIFI_IF_STA, WIFI_IF_AP };
enum wifi_storage_t { WIFI_STORAGE_FLASH, WIFI_STORAGE_RAM };
enum wifi_ps_type_t { WIFI_PS_NONE, WIFI_PS_MIN_MODEM };
enum wifi_auth_mode_t { WIFI_AUTH_OPEN, WIFI_AUTH_WPA2_PSK = 3 };
enum wifi_scan_method_t { WIFI_FAST_SCAN, WIFI_ALL_CHANNEL_SCAN };
enum wifi_sort_method_t { WIFI_CONNECT_AP_BY_SIGNAL };

struct wifi_init_config_t {
  int unused;
};
#define WIFI_INIT_CONFIG_DEFAULT() \
  wifi_init_config_t {}
struct wifi_sta_config_t {
  std::uint8_t ssid[32];
  std::uint8_t password[64];
  wifi_scan_method_t scan_method;
  wifi_sort_method_t sort_method;
  struct {
    wifi_auth_mode_t authmode;
  } threshold;
  struct {
    bool capable;
  } pmf_cfg;
};
struct wifi_ap_config_t {
  std::uint8_t ssid[32];
  std::uint8_t password[64];
  std::uint8_t ssid_len;
  wifi_auth_mode_t authmode;
  std::uint8_t max_connection;
};
union wifi_config_t {
  wifi_ap_config_t ap;
  wifi_sta_config_t sta;
};
struct wifi_event_sta_disconnected_t {
  std::uint8_t reason;
};
struct wifi_ap_record_t {
  std::uint8_t ssid[33];
  std::int8_t rssi;
};
struct wifi_scan_config_t;

esp_err_t esp_wifi_init(const wifi_init_config_t* config);
esp_err_t esp_wifi_set_storage(wifi_storage_t storage);
esp_err_t esp_wifi_set_mode(wifi_mode_t mode);
esp_err_t esp_wifi_set_config(wifi_interface_t interface, wifi_config_t* config);
esp_err_t esp_wifi_start();
esp_err_t esp_wifi_stop();
esp_err_t esp_wifi_connect();
esp_err_t esp_wifi_disconnect();
esp_err_t esp_wifi_set_ps(wifi_ps_type_t type);
esp_err_t esp_wifi_set_max_tx_power(std::int8_t quarter_dbm);
esp_err_t esp_wifi_sta_get_ap_info(wifi_ap_record_t* record);
esp_err_t esp_wifi_scan_start(const wifi_scan_config_t* config, bool block);
esp_err_t esp_wifi_scan_get_ap_records(std::uint16_t* count, wifi_ap_record_t* records);
