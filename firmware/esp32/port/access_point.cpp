#include "firmware/esp32/port/access_point.hpp"

#include <cstring>
#include <esp_wifi.h>

namespace heliograph::firmware {

bool AccessPoint::open() {
  if (open_) return true;
  if (netif_ == nullptr) netif_ = esp_netif_create_default_wifi_ap();
  wifi_config_t config = {};
  const std::string_view name = name_.view();
  const std::string_view password = password_.view();
  std::memcpy(config.ap.ssid, name.data(), name.size());
  config.ap.ssid_len = static_cast<std::uint8_t>(name.size());
  std::memcpy(config.ap.password, password.data(), password.size());
  config.ap.max_connection = max_guests;
  config.ap.authmode = WIFI_AUTH_WPA2_PSK;
  open_ = netif_ != nullptr && esp_wifi_set_mode(WIFI_MODE_APSTA) == ESP_OK &&
          esp_wifi_set_config(WIFI_IF_AP, &config) == ESP_OK && esp_wifi_start() == ESP_OK;
  return open_;
}

void AccessPoint::close() {
  if (open_) esp_wifi_set_mode(WIFI_MODE_STA);
  open_ = false;
}

}  // namespace heliograph::firmware
