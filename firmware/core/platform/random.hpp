// What a port owes the core about chance.
#pragma once

#include <cstdint>

namespace heliograph::firmware {

class Random {
 public:
  // 32 bits that nobody foresees: a hundred boards switched on by one power cut must not draw the same. Never
  // blocks.
  virtual std::uint32_t next() = 0;

 protected:
  ~Random() = default;
};

}  // namespace heliograph::firmware
