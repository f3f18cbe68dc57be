#include "firmware/esp32/fake_idf/fake_radio.hpp"

#include "firmware/esp32/boards/t_sim7600.hpp"

#include <cstdio>
#include <cstring>
#include <esp_modem_api.h>
#include <esp_netif.h>
#include <esp_timer.h>
#include <esp_wifi.h>

#include <driver/gpio.h>
#include <driver/uart.h>

struct FakeNetif {
  std::string kind;
};
struct FakeDce {};

const char* const IP_EVENT = "ip";
const char* const WIFI_EVENT = "wifi";

namespace heliograph::fake_idf {

namespace {

struct Handler {
  esp_event_base_t base;
  std::int32_t id;
  esp_event_handler_t call;
  void* argument;
};
std::vector<Handler> handlers;
FakeNetif* default_netif = nullptr;
std::int64_t key_pressed_us = 0;

bool hears() {
  const ModemWorld& modem = modem_world();
  return modem.powered && !modem.hung && modem.baud == modem.board_baud && !modem.in_data_mode;
}

}  // namespace

void post(esp_event_base_t base, std::int32_t id, void* data) {
  for (const Handler& handler : std::vector<Handler>(handlers)) {
    if (handler.base != base || (handler.id != ESP_EVENT_ANY_ID && handler.id != id)) continue;
    handler.call(handler.argument, base, id, data);
  }
}

void reset_radio() {
  handlers.clear();
  default_netif = nullptr;
  radio() = Radio{};
  modem_world() = ModemWorld{};
  pin_levels().fill(0);
}

Radio& radio() {
  static Radio radio;
  return radio;
}

ModemWorld& modem_world() {
  static ModemWorld modem;
  return modem;
}

std::string default_network() {
  return default_netif != nullptr ? default_netif->kind : "";
}

std::array<int, 49>& pin_levels() {
  static std::array<int, 49> levels{};
  return levels;
}

}  // namespace heliograph::fake_idf

using namespace heliograph::fake_idf;

esp_err_t esp_event_handler_register(esp_event_base_t base, std::int32_t id, esp_event_handler_t handler,
                                     void* argument) {
  handlers.push_back({base, id, handler, argument});
  return ESP_OK;
}

esp_netif_t* esp_netif_new(const esp_netif_config_t*) {
  return new FakeNetif{"ppp"};
}

void esp_netif_destroy(esp_netif_t* netif) {
  if (default_netif == netif) default_netif = nullptr;
  delete netif;
}

esp_netif_t* esp_netif_create_default_wifi_sta() {
  static FakeNetif netif{"wifi"};
  return &netif;
}

esp_netif_t* esp_netif_create_default_wifi_ap() {
  static FakeNetif netif{"guests"};
  return &netif;
}

esp_err_t esp_netif_set_default_netif(esp_netif_t* netif) {
  default_netif = netif;
  return ESP_OK;
}

esp_err_t esp_netif_get_ip_info(esp_netif_t*, esp_netif_ip_info_t* info) {
  info->ip.addr = radio().has_address ? 0x070200c0 : 0;  // 192.0.2.7
  return ESP_OK;
}

char* esp_ip4addr_ntoa(const esp_ip4_addr_t* address, char* out, int size) {
  std::snprintf(out, static_cast<std::size_t>(size), "%u.%u.%u.%u", address->addr & 255,
                address->addr >> 8 & 255, address->addr >> 16 & 255, address->addr >> 24);
  return out;
}

esp_err_t esp_wifi_init(const wifi_init_config_t*) {
  return ESP_OK;
}

esp_err_t esp_wifi_set_storage(wifi_storage_t) {
  return ESP_OK;
}

esp_err_t esp_wifi_set_mode(wifi_mode_t mode) {
  radio().has_guests_network = mode == WIFI_MODE_APSTA;
  return ESP_OK;
}

esp_err_t esp_wifi_set_config(wifi_interface_t interface, wifi_config_t* config) {
  if (interface != WIFI_IF_STA) return ESP_OK;
  const auto text = [](const std::uint8_t* bytes, std::size_t size) {
    return std::string(reinterpret_cast<const char*>(bytes),
                       strnlen(reinterpret_cast<const char*>(bytes), size));
  };
  radio().name = text(config->sta.ssid, sizeof config->sta.ssid);
  radio().password = text(config->sta.password, sizeof config->sta.password);
  radio().full_scans += config->sta.scan_method == WIFI_ALL_CHANNEL_SCAN ? 1 : 0;
  return ESP_OK;
}

esp_err_t esp_wifi_start() {
  ++radio().starts;
  radio().is_on = true;
  return ESP_OK;
}

static void lose(std::uint8_t reason) {
  radio().has_address = false;
  wifi_event_sta_disconnected_t event{reason};
  post(WIFI_EVENT, WIFI_EVENT_STA_DISCONNECTED, &event);
}

esp_err_t esp_wifi_stop() {
  radio().is_on = false;
  if (radio().has_address) lose(8);
  return ESP_OK;
}

esp_err_t esp_wifi_connect() {
  if (!radio().is_on) return ESP_FAIL;
  ++radio().attempts;
  if (!radio().lets_in) {
    lose(radio().refusal);
    return ESP_OK;
  }
  radio().has_address = true;
  post(IP_EVENT, IP_EVENT_STA_GOT_IP);
  return ESP_OK;
}

esp_err_t esp_wifi_disconnect() {
  ++radio().disconnects;
  if (radio().has_address) lose(8);
  return ESP_OK;
}

esp_err_t esp_wifi_set_ps(wifi_ps_type_t) {
  return ESP_OK;
}

esp_err_t esp_wifi_set_max_tx_power(std::int8_t quarter_dbm) {
  radio().power = quarter_dbm;
  return ESP_OK;
}

esp_err_t esp_wifi_sta_get_ap_info(wifi_ap_record_t* record) {
  record->rssi = -61;
  return radio().has_address ? ESP_OK : ESP_FAIL;
}

esp_err_t esp_wifi_scan_start(const wifi_scan_config_t*, bool) {
  return ESP_OK;
}

esp_err_t esp_wifi_scan_get_ap_records(std::uint16_t* count, wifi_ap_record_t* records) {
  *count = 1;
  std::memcpy(records[0].ssid, "Garden \"2\"", 11);
  return ESP_OK;
}

esp_err_t gpio_set_direction(gpio_num_t, gpio_mode_t) {
  return ESP_OK;
}

// The power key of the T-SIM7600, and the status line that follows it.
esp_err_t gpio_set_level(gpio_num_t pin, std::uint32_t level) {
  using namespace heliograph::firmware;
  constexpr ModemPins pins = t_sim7600_board().modem;
  int& now = pin_levels()[static_cast<std::size_t>(pin)];
  const bool pressed = now == 0 && level == 1;
  const bool released = now == 1 && level == 0;
  now = static_cast<int>(level);
  if (pin != pins.power_key) return ESP_OK;
  if (pressed) key_pressed_us = esp_timer_get_time();
  if (!released) return ESP_OK;
  const std::int64_t held_ms = (esp_timer_get_time() - key_pressed_us) / 1000;
  ModemWorld& modem = modem_world();
  const bool was_on = modem.powered;
  if (was_on && held_ms >= 2'500) modem.powered = false;
  if (!was_on && held_ms >= 400) modem.powered = true;
  if (modem.powered != was_on) {
    modem.baud = 115'200;
    modem.hung = false;
    modem.in_data_mode = false;
  }
  pin_levels()[static_cast<std::size_t>(pins.status)] = modem.powered ? 1 : 0;
  return ESP_OK;
}

esp_err_t gpio_hold_en(gpio_num_t) {
  return ESP_OK;
}

esp_err_t gpio_hold_dis(gpio_num_t) {
  return ESP_OK;
}

esp_err_t gpio_sleep_sel_dis(gpio_num_t) {
  return ESP_OK;
}

int gpio_get_level(gpio_num_t pin) {
  return pin_levels()[static_cast<std::size_t>(pin)];
}

esp_err_t uart_set_baudrate(uart_port_t, std::uint32_t baud) {
  modem_world().board_baud = static_cast<int>(baud);
  return ESP_OK;
}

esp_modem_dce_t* esp_modem_new_dev(esp_modem_dce_device_t, const esp_modem_dte_config_t* dte,
                                   const esp_modem_dce_config_t*, esp_netif_t*) {
  modem_world().board_baud = dte->uart_config.baud_rate;
  ++modem_world().objects;
  return new FakeDce;
}

void esp_modem_destroy(esp_modem_dce_t* dce) {
  --modem_world().objects;
  delete dce;
}

esp_err_t esp_modem_sync(esp_modem_dce_t*) {
  modem_world().asked.emplace_back("sync");
  return hears() ? ESP_OK : ESP_FAIL;
}

esp_err_t esp_modem_set_mode(esp_modem_dce_t*, esp_modem_dce_mode_t mode) {
  ModemWorld& modem = modem_world();
  const bool there = modem.powered && !modem.hung && modem.baud == modem.board_baud;
  if (!there) return ESP_FAIL;
  if (mode == ESP_MODEM_MODE_COMMAND) modem.in_data_mode = false;
  if (mode != ESP_MODEM_MODE_DATA) return ESP_OK;
  modem.asked.emplace_back("dial");
  if (!modem.dials) return ESP_OK;  // and no address comes
  modem.in_data_mode = true;
  post(IP_EVENT, IP_EVENT_PPP_GOT_IP);
  return ESP_OK;
}

esp_modem_dce_mode_t esp_modem_get_mode(esp_modem_dce_t*) {
  return modem_world().in_data_mode ? ESP_MODEM_MODE_DATA : ESP_MODEM_MODE_COMMAND;
}

esp_err_t esp_modem_set_baud(esp_modem_dce_t*, int baud) {
  if (!hears()) return ESP_FAIL;
  modem_world().baud = baud;
  return ESP_OK;
}

esp_err_t esp_modem_set_pin(esp_modem_dce_t*, const char* pin) {
  modem_world().pin_given = pin;
  modem_world().wants_pin = false;
  return ESP_OK;
}

esp_err_t esp_modem_at(esp_modem_dce_t*, const char* command, char* out, int) {
  ModemWorld& modem = modem_world();
  modem.asked.emplace_back(command);
  if (!hears()) return ESP_FAIL;
  const auto say = [&](const char* text) { std::strcpy(out, text); };
  const std::string asked = command;
  if (asked == "AT+CPIN?")
    say(modem.wants_pin ? "+CPIN: SIM PIN" : modem.has_card ? "+CPIN: READY" : "ERROR");
  if (asked == "AT+CEREG?") say(modem.registered ? "+CEREG: 0,5" : "+CEREG: 0,2");
  if (asked == "AT+CSQ") say("+CSQ: 17,99");
  if (asked == "AT+CCLK?") say("+CCLK: \"26/11/30,07:12:00+04\"");
  if (asked == "AT+CGPSINFO") say("+CGPSINFO: 4504.204680,N,00741.242000,E,,,,,");
  return ESP_OK;
}

esp_err_t esp_modem_power_down(esp_modem_dce_t*) {
  if (!hears()) return ESP_FAIL;
  modem_world().powered = false;
  pin_levels()[34] = 0;
  return ESP_OK;
}
