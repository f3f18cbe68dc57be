// Of our own, for the host: as much of ESP-IDF's <driver/spi_master.h> as firmware/esp32 uses. See README.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <esp_err.h>

enum spi_host_device_t { SPI1_HOST, SPI2_HOST, SPI3_HOST };
enum spi_dma_chan_t { SPI_DMA_CH_AUTO = 3 };
#define SPI_TRANS_VARIABLE_CMD (1U << 5)

struct spi_bus_config_t {
  int mosi_io_num;
  int miso_io_num;
  int sclk_io_num;
  int quadwp_io_num;
  int quadhd_io_num;
  int max_transfer_sz;
};
struct spi_device_interface_config_t {
  std::uint8_t mode;
  int clock_speed_hz;
  int spics_io_num;
  int queue_size;
};
struct spi_transaction_t {
  std::uint32_t flags;
  std::uint16_t cmd;
  std::size_t length;  // bits
  const void* tx_buffer;
  void* rx_buffer;
};
struct spi_transaction_ext_t {
  spi_transaction_t base;
  std::uint8_t command_bits;
};
using spi_device_handle_t = struct FakeSpiDevice*;

esp_err_t spi_bus_initialize(spi_host_device_t host, const spi_bus_config_t* config, spi_dma_chan_t dma);
esp_err_t spi_bus_free(spi_host_device_t host);
esp_err_t spi_bus_add_device(spi_host_device_t host, const spi_device_interface_config_t* config,
                             spi_device_handle_t* device);
esp_err_t spi_bus_remove_device(spi_device_handle_t device);
esp_err_t spi_device_transmit(spi_device_handle_t device, spi_transaction_t* transaction);
esp_err_t spi_device_polling_transmit(spi_device_handle_t device, spi_transaction_t* transaction);
