#include "firmware/esp32/port/wifi_station.hpp"

#include <cstring>
#include <esp_wifi.h>

namespace heliograph::firmware {

bool WifiStation::open() {
  netif_ = esp_netif_create_default_wifi_sta();
  wifi_init_config_t config = WIFI_INIT_CONFIG_DEFAULT();
  return netif_ != nullptr && esp_wifi_init(&config) == ESP_OK &&
         esp_wifi_set_storage(WIFI_STORAGE_RAM) == ESP_OK &&
         esp_event_handler_register(WIFI_EVENT, ESP_EVENT_ANY_ID, &WifiStation::on_wifi, this) == ESP_OK &&
         esp_event_handler_register(IP_EVENT, IP_EVENT_STA_GOT_IP, &WifiStation::on_address, this) ==
             ESP_OK &&
         esp_wifi_set_mode(WIFI_MODE_STA) == ESP_OK;
}

bool WifiStation::start() {
  if (on_) return true;
  on_ = esp_wifi_start() == ESP_OK;
  limit_power(power_limit_);
  return on_;
}

void WifiStation::limit_power(int quarter_dbm) {
  power_limit_ = quarter_dbm;
  if (on_) esp_wifi_set_max_tx_power(static_cast<std::int8_t>(power_limit_));
}

void WifiStation::stop() {
  if (on_) esp_wifi_stop();
  on_ = false;
}

void WifiStation::carry_out(const WifiStep& step) {
  switch (step.kind) {
    case WifiStep::Kind::wait:
      return;
    case WifiStep::Kind::connect:
      return connect(step.full_scan);
    case WifiStep::Kind::disconnect:
      esp_wifi_disconnect();
      return;
    case WifiStep::Kind::restart_radio:
      stop();
      start();
      return;
  }
}

void WifiStation::connect(bool full_scan) {
  wifi_config_t config = {};
  const std::string_view name = access_.name.view();
  const std::string_view password = access_.password.view();
  std::memcpy(config.sta.ssid, name.data(), name.size());
  std::memcpy(config.sta.password, password.data(), password.size());
  config.sta.scan_method = full_scan ? WIFI_ALL_CHANNEL_SCAN : WIFI_FAST_SCAN;
  config.sta.sort_method = WIFI_CONNECT_AP_BY_SIGNAL;
  config.sta.threshold.authmode = password.empty() ? WIFI_AUTH_OPEN : WIFI_AUTH_WPA2_PSK;
  config.sta.pmf_cfg.capable = true;
  const bool begun = esp_wifi_set_config(WIFI_IF_STA, &config) == ESP_OK && esp_wifi_connect() == ESP_OK;
  if (!begun) events_.tell(LinkEvent::Kind::wifi_lost, WIFI_REASON_CONNECTION_FAIL);
}

void WifiStation::save_power(bool saves) {
  if (on_) esp_wifi_set_ps(saves ? WIFI_PS_MIN_MODEM : WIFI_PS_NONE);
}

std::optional<int> WifiStation::signal() const {
  wifi_ap_record_t record = {};
  if (!on_ || esp_wifi_sta_get_ap_info(&record) != ESP_OK) return std::nullopt;
  return record.rssi;
}

Text<16> WifiStation::address() const {
  esp_netif_ip_info_t info = {};
  char text[16];
  if (netif_ == nullptr || esp_netif_get_ip_info(netif_, &info) != ESP_OK || info.ip.addr == 0) return {};
  esp_ip4addr_ntoa(&info.ip, text, sizeof text);
  return Text<16>(std::string_view(text));
}

void WifiStation::on_wifi(void* self, esp_event_base_t, std::int32_t id, void* data) {
  auto& station = *static_cast<WifiStation*>(self);
  if (id != WIFI_EVENT_STA_DISCONNECTED) return;
  station.events_.tell(LinkEvent::Kind::wifi_lost, static_cast<wifi_event_sta_disconnected_t*>(data)->reason);
}

void WifiStation::on_address(void* self, esp_event_base_t, std::int32_t, void*) {
  static_cast<WifiStation*>(self)->events_.tell(LinkEvent::Kind::wifi_up);
}

}  // namespace heliograph::firmware
