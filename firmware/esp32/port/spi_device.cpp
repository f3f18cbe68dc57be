#include "firmware/esp32/port/spi_device.hpp"

#include <cstring>
#include <esp_heap_caps.h>

namespace heliograph::firmware {

namespace {

// Bytes up to which waiting for an interrupt costs more than the transfer: 64 µs at 8 MHz.
constexpr std::size_t polled_size = 64;
// DMA writes whole words.
constexpr std::size_t dma_size = (max_spi_reply + 3) / 4 * 4;

}  // namespace

void SpiDevice::close() {
  if (device_ != nullptr) spi_bus_remove_device(device_);
  if (has_bus_) spi_bus_free(host_);
  device_ = nullptr;
  has_bus_ = false;
}

SpiDevice::~SpiDevice() {
  close();
  heap_caps_free(received_);
  heap_caps_free(zeros_);
}

bool SpiDevice::open(spi_host_device_t host, const SpiPins& pins, int clock_hz) {
  if (has_bus_) return true;
  host_ = host;
  for (std::uint8_t** buffer : {&received_, &zeros_}) {
    if (*buffer != nullptr) continue;
    *buffer = static_cast<std::uint8_t*>(heap_caps_calloc(1, dma_size, MALLOC_CAP_DMA | MALLOC_CAP_INTERNAL));
  }
  if (received_ == nullptr || zeros_ == nullptr) return false;

  spi_bus_config_t bus = {};
  bus.sclk_io_num = pins.clock;
  bus.miso_io_num = pins.miso;
  bus.mosi_io_num = pins.mosi;
  bus.quadwp_io_num = no_pin;
  bus.quadhd_io_num = no_pin;
  bus.max_transfer_sz = dma_size;
  has_bus_ = spi_bus_initialize(host, &bus, SPI_DMA_CH_AUTO) == ESP_OK;

  spi_device_interface_config_t device = {};
  device.mode = 0;
  device.clock_speed_hz = clock_hz;
  device.spics_io_num = pins.select;
  device.queue_size = 1;
  return has_bus_ && spi_bus_add_device(host, &device, &device_) == ESP_OK;
}

// The bus is this device's own, so it is free at once; a transfer ends by itself, whatever the device does.
bool SpiDevice::transfer(const std::uint8_t* command, std::size_t command_size, std::uint8_t* reply,
                         std::size_t reply_size, std::int64_t) {
  if (device_ == nullptr || command_size == 0 || command_size > max_spi_command ||
      reply_size > max_spi_reply) {
    return false;
  }
  spi_transaction_ext_t transaction = {};
  transaction.base.flags = SPI_TRANS_VARIABLE_CMD;
  transaction.command_bits = static_cast<std::uint8_t>(command_size * 8);
  for (std::size_t i = 0; i < command_size; ++i) {
    transaction.base.cmd = static_cast<std::uint16_t>(transaction.base.cmd << 8 | command[i]);
  }
  transaction.base.length = reply_size * 8;
  if (reply_size > 0) {
    transaction.base.tx_buffer = zeros_;
    transaction.base.rx_buffer = received_;
  }
  const esp_err_t error = reply_size <= polled_size ? spi_device_polling_transmit(device_, &transaction.base)
                                                    : spi_device_transmit(device_, &transaction.base);
  if (error != ESP_OK) return false;
  if (reply_size > 0) std::memcpy(reply, received_, reply_size);
  return true;
}

}  // namespace heliograph::firmware
