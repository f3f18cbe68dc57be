// Of our own, for the host: as much of ESP-IDF's <esp_modem_api.h> as firmware/esp32 uses. See README.md.
#pragma once

#include <esp_netif.h>

#include <driver/uart.h>

enum esp_modem_flow_ctrl_t { ESP_MODEM_FLOW_CONTROL_NONE };
enum esp_modem_dce_mode_t {
  ESP_MODEM_MODE_COMMAND,
  ESP_MODEM_MODE_DATA,
  ESP_MODEM_MODE_CMUX,
  ESP_MODEM_MODE_DETECT = 8,
  ESP_MODEM_MODE_UNDEF
};
enum esp_modem_dce_device_t { ESP_MODEM_DCE_GENERIC, ESP_MODEM_DCE_SIM7600 };
struct esp_modem_uart_term_config {
  uart_port_t port_num;
  esp_modem_flow_ctrl_t flow_control;
  int baud_rate;
  int tx_io_num;
  int rx_io_num;
  int rts_io_num;
  int cts_io_num;
  int rx_buffer_size;
};
struct esp_modem_dte_config_t {
  esp_modem_uart_term_config uart_config;
};
struct esp_modem_dce_config_t {
  const char* apn;
};
#define ESP_MODEM_DTE_DEFAULT_CONFIG() \
  esp_modem_dte_config_t {}
#define ESP_MODEM_DCE_DEFAULT_CONFIG(name) \
  esp_modem_dce_config_t {                 \
    name                                   \
  }
using esp_modem_dce_t = struct FakeDce;

esp_modem_dce_t* esp_modem_new_dev(esp_modem_dce_device_t device, const esp_modem_dte_config_t* dte,
                                   const esp_modem_dce_config_t* dce, esp_netif_t* netif);
void esp_modem_destroy(esp_modem_dce_t* dce);
esp_err_t esp_modem_sync(esp_modem_dce_t* dce);
esp_err_t esp_modem_set_mode(esp_modem_dce_t* dce, esp_modem_dce_mode_t mode);
esp_modem_dce_mode_t esp_modem_get_mode(esp_modem_dce_t* dce);
esp_err_t esp_modem_set_baud(esp_modem_dce_t* dce, int baud);
esp_err_t esp_modem_set_pin(esp_modem_dce_t* dce, const char* pin);
esp_err_t esp_modem_at(esp_modem_dce_t* dce, const char* command, char* out, int timeout_ms);
esp_err_t esp_modem_power_down(esp_modem_dce_t* dce);
