// The chip's random numbers. They come from noise only while a radio or the noise source is on, so this draws
// some while the source is: at the board's start, before anything uses the converter that makes it.
#pragma once

#include "firmware/core/platform/random.hpp"
#include "firmware/esp32/port/board_lock.hpp"

#include <bootloader_random.h>
#include <esp_random.h>

namespace heliograph::firmware {

class HardwareRandom final : public Random {
 public:
  HardwareRandom() {
    bootloader_random_enable();
    esp_fill_random(&state_, sizeof state_);
    bootloader_random_disable();
  }

  // Any task.
  std::uint32_t next() override {
    const Guard guard(lock_);
    // SplitMix64 over the noise of the start, and whatever the chip has now.
    std::uint64_t mixed = (state_ += 0x9e3779b97f4a7c15ULL);
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
    return static_cast<std::uint32_t>(mixed >> 32) ^ esp_random();
  }

 private:
  BoardLock lock_;
  std::uint64_t state_ = 0;
};

}  // namespace heliograph::firmware
