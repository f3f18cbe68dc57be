// What a port owes the core about a bus: the wires to one device, with a chip select of its own.
#pragma once

#include <cstddef>
#include <cstdint>

namespace heliograph::firmware {

// The longest command, bytes: what the controllers of the ESP32 send before their data.
inline constexpr std::size_t max_spi_command = 2;
// The most that one transfer brings, bytes: what one DMA descriptor of the ESP32 holds.
inline constexpr std::size_t max_spi_reply = 4092;

// Owned by the thread that drives the device. Mode 0, most significant bit first, at the rate that the port
// was built with. The device's fake: arducam/fake_mega.hpp.
class Spi {
 public:
  // Selects the device, sends `command`, then zeros, keeps the `reply_size` bytes that come meanwhile, and
  // deselects it, whatever happens. What comes while the command goes out is dropped.
  //
  // `command_size` is 1 to max_spi_command, `reply_size` 0 to max_spi_reply. Both are the caller's, and free
  // when this returns. `reply` may lie anywhere: where DMA does not reach, the port copies.
  //
  // A bus that others share is waited for until `deadline_ms` (Clock::mono_ms); a transfer that was begun is
  // finished, which takes 4.2 ms at 8 MHz. False: the bus was not free in time, or its controller failed.
  // What stands in `reply` is then nothing.
  virtual bool transfer(const std::uint8_t* command, std::size_t command_size, std::uint8_t* reply,
                        std::size_t reply_size, std::int64_t deadline_ms) = 0;

 protected:
  ~Spi() = default;
};

}  // namespace heliograph::firmware
