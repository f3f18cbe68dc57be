// One device alone on a bus of the chip, by DMA. The other side of the buffers may lie in PSRAM, which DMA
// does not reach on the classic ESP32, so what comes is copied from a buffer of its own.
#pragma once

#include "firmware/core/platform/spi.hpp"
#include "firmware/esp32/boards/board_pins.hpp"

#include <driver/spi_master.h>

namespace heliograph::firmware {

// One task.
class SpiDevice final : public Spi {
 public:
  SpiDevice() = default;
  SpiDevice(const SpiDevice&) = delete;
  SpiDevice& operator=(const SpiDevice&) = delete;
  ~SpiDevice();

  // Takes the bus, if it does not have it. False: it is taken, or there is no memory.
  bool open(spi_host_device_t host, const SpiPins& pins, int clock_hz);
  // Gives it back; until it is opened again every transfer fails.
  void close();

  bool transfer(const std::uint8_t* command, std::size_t command_size, std::uint8_t* reply,
                std::size_t reply_size, std::int64_t deadline_ms) override;

 private:
  spi_host_device_t host_ = SPI2_HOST;
  bool has_bus_ = false;
  spi_device_handle_t device_ = nullptr;
  std::uint8_t* received_ = nullptr;  // max_spi_reply bytes that DMA reaches
  std::uint8_t* zeros_ = nullptr;     // the same, what goes out meanwhile
};

}  // namespace heliograph::firmware
