// What a port owes the core about digests: its own library does them, on a board often in hardware.
#pragma once

#include "firmware/core/platform/storage.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace heliograph::firmware {

using Sha256 = std::array<std::uint8_t, 32>;

class Crypto {
 public:
  virtual Sha256 sha256(Bytes data) = 0;
  // RFC 2104.
  virtual Sha256 hmac_sha256(const Sha256& key, std::string_view text) = 0;

 protected:
  ~Crypto() = default;
};

}  // namespace heliograph::firmware
