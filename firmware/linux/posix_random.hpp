// The kernel's random numbers.
#pragma once

#include "firmware/core/platform/random.hpp"

#include <stdexcept>
#include <sys/random.h>

namespace heliograph::firmware {

class PosixRandom final : public Random {
 public:
  std::uint32_t next() override {
    std::uint32_t value = 0;
    // Requests of up to 256 bytes are neither cut short nor interrupted once the kernel's pool is ready.
    if (getrandom(&value, sizeof value, 0) != sizeof value) throw std::runtime_error("getrandom failed");
    return value;
  }
};

}  // namespace heliograph::firmware
