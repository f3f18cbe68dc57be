// Of our own, for the host: as much of ESP-IDF's <driver/uart.h> as firmware/esp32 uses. See README.md.
#pragma once

#include <cstdint>
#include <esp_err.h>

enum uart_port_t : int { UART_NUM_1 = 1 };
esp_err_t uart_set_baudrate(uart_port_t port, std::uint32_t baud);
