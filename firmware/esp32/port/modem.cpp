#include "firmware/esp32/port/modem.hpp"

#include <esp_netif_defaults.h>

#include <driver/gpio.h>
#include <driver/uart.h>
#include <freertos/task.h>

namespace heliograph::firmware {

namespace {

constexpr uart_port_t line = UART_NUM_1;
// Bytes that wait for the board while its task does something else: 90 ms at the fast rate.
constexpr int receive_buffer = 8192;
// Milliseconds for the answer to a command that needs no network.
constexpr int command_limit_ms = 1'000;
// A card answers "busy" for some seconds after power came: tries, and milliseconds between them.
constexpr int sim_tries = 10;
constexpr int sim_pause_ms = 1'000;

}  // namespace

bool Modem::open() {
  for (const int pin : {pins_.power_key, pins_.rail, pins_.dtr, pins_.flight}) {
    if (pin == no_pin) continue;
    gpio_set_level(static_cast<gpio_num_t>(pin), 0);
    gpio_set_direction(static_cast<gpio_num_t>(pin), GPIO_MODE_OUTPUT);
  }
  if (pins_.status != no_pin) gpio_set_direction(static_cast<gpio_num_t>(pins_.status), GPIO_MODE_INPUT);
  return esp_event_handler_register(IP_EVENT, ESP_EVENT_ANY_ID, &Modem::on_address, this) == ESP_OK && make();
}

bool Modem::maybe_on() const {
  return pins_.status == no_pin ? pins_.rail == no_pin
                                : gpio_get_level(static_cast<gpio_num_t>(pins_.status)) == 1;
}

bool Modem::carry_out(LteStep::Kind kind) {
  switch (kind) {
    case LteStep::Kind::wait:
      return true;
    case LteStep::Kind::lines_ready:
      set(pins_.flight, 1);
      set(pins_.dtr, 0);
      set(pins_.power_key, 0);
      set(pins_.rail, 1);
      pin_was_tried_ = false;
      return true;
    case LteStep::Kind::press_key:
      set(pins_.power_key, 1);
      return true;
    case LteStep::Kind::release_key:
      set(pins_.power_key, 0);
      return true;
    case LteStep::Kind::ask:
      return ask();
    case LteStep::Kind::speed:
      return speed();
    case LteStep::Kind::sim:
      return sim_ready();
    case LteStep::Kind::ask_net:
      return registered();
    case LteStep::Kind::dial:
      return dce_ != nullptr && esp_modem_set_mode(dce_, ESP_MODEM_MODE_DATA) == ESP_OK;
    case LteStep::Kind::hang_up:
      return hang_up();
    case LteStep::Kind::turn_off:
      return turn_off();
  }
  return false;
}

bool Modem::make() {
  if (dce_ != nullptr) return true;
  esp_netif_config_t netif_config = ESP_NETIF_DEFAULT_PPP();
  netif_ = esp_netif_new(&netif_config);
  if (netif_ == nullptr) return false;
  esp_modem_dte_config_t dte = ESP_MODEM_DTE_DEFAULT_CONFIG();
  dte.uart_config.port_num = line;
  dte.uart_config.tx_io_num = pins_.tx;
  dte.uart_config.rx_io_num = pins_.rx;
  dte.uart_config.rts_io_num = no_pin;
  dte.uart_config.cts_io_num = no_pin;
  dte.uart_config.flow_control = ESP_MODEM_FLOW_CONTROL_NONE;
  dte.uart_config.baud_rate = baud_;
  dte.uart_config.rx_buffer_size = receive_buffer;
  esp_modem_dce_config_t dce = ESP_MODEM_DCE_DEFAULT_CONFIG(apn_.view().data());
  dce_ = esp_modem_new_dev(ESP_MODEM_DCE_SIM7600, &dte, &dce, netif_);
  if (dce_ != nullptr) return true;
  let_go();
  return false;
}

void Modem::let_go() {
  if (dce_ != nullptr) esp_modem_destroy(dce_);
  if (netif_ != nullptr) esp_netif_destroy(netif_);
  dce_ = nullptr;
  netif_ = nullptr;
}

// One that the board's restart has left dialled in, multiplexing, or at the fast rate is brought back.
bool Modem::ask() {
  if (!make()) return false;
  if (esp_modem_sync(dce_) == ESP_OK) return true;
  if (esp_modem_set_mode(dce_, ESP_MODEM_MODE_DETECT) == ESP_OK) {
    const bool back = esp_modem_get_mode(dce_) == ESP_MODEM_MODE_COMMAND ||
                      esp_modem_set_mode(dce_, ESP_MODEM_MODE_COMMAND) == ESP_OK;
    if (back && esp_modem_sync(dce_) == ESP_OK) return true;
  }
  baud_ = baud_ == slow_baud ? fast_baud : slow_baud;
  uart_set_baudrate(line, static_cast<std::uint32_t>(baud_));
  return false;
}

bool Modem::speed() {
  if (baud_ == fast_baud) return true;
  if (esp_modem_set_baud(dce_, fast_baud) != ESP_OK) return false;
  uart_set_baudrate(line, fast_baud);
  baud_ = fast_baud;
  if (esp_modem_sync(dce_) == ESP_OK) return true;
  uart_set_baudrate(line, slow_baud);
  baud_ = slow_baud;
  return false;
}

bool Modem::sim_ready() {
  for (int tries = 0; tries < sim_tries; ++tries) {
    const SimState state = read_sim(command("AT+CPIN?"));
    if (state == SimState::ready) return true;
    if (state == SimState::locked) return false;
    if (state == SimState::wants_pin) {
      if (pin_was_tried_ || pin_.view().size() <= 1) return false;
      pin_was_tried_ = true;
      if (esp_modem_set_pin(dce_, pin_.view().data()) != ESP_OK) return false;
    }
    vTaskDelay(pdMS_TO_TICKS(sim_pause_ms));
  }
  return false;
}

bool Modem::registered() {
  if (!read_registered(command("AT+CEREG?"))) return false;
  report_.signal_dbm = read_signal_dbm(command("AT+CSQ"));
  report_.wall_ms = read_network_time_ms(command("AT+CCLK?"));
  if (const auto fix = read_gps(command("AT+CGPSINFO"))) {
    report_.fix = fix;
    ++report_.fixes;
  }
  if (!report_.fix) command("AT+CGPS=1");  // it looks for satellites until it is turned off
  return true;
}

bool Modem::hang_up() {
  if (dce_ != nullptr) esp_modem_set_mode(dce_, ESP_MODEM_MODE_COMMAND);
  let_go();
  return make();
}

bool Modem::turn_off() {
  const bool heard = pins_.rail != no_pin || (dce_ != nullptr && esp_modem_power_down(dce_) == ESP_OK);
  let_go();
  set(pins_.rail, 0);
  set(pins_.flight, 0);
  baud_ = slow_baud;  // it forgets
  return heard;
}

std::string_view Modem::command(const char* text) {
  answer_[0] = '\0';
  if (dce_ == nullptr || esp_modem_at(dce_, text, answer_, command_limit_ms) != ESP_OK) return {};
  return answer_;
}

void Modem::set(int pin, int level) {
  if (pin != no_pin) gpio_set_level(static_cast<gpio_num_t>(pin), static_cast<std::uint32_t>(level));
}

void Modem::on_address(void* self, esp_event_base_t, std::int32_t id, void*) {
  auto& events = static_cast<Modem*>(self)->events_;
  if (id == IP_EVENT_PPP_GOT_IP) events.tell(LinkEvent::Kind::modem_up);
  if (id == IP_EVENT_PPP_LOST_IP) events.tell(LinkEvent::Kind::modem_lost);
}

}  // namespace heliograph::firmware
