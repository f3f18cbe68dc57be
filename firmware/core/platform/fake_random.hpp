// Chance that a test can foresee.
#pragma once

#include "firmware/core/platform/random.hpp"

namespace heliograph::firmware {

// Always draws the same.
class FakeRandom final : public Random {
 public:
  std::uint32_t next() override { return value; }

  std::uint32_t value = 0;
};

}  // namespace heliograph::firmware
