// What a port owes the core about digests: its own library does them, on a board often in hardware.
#pragma once

#include "firmware/core/platform/storage.hpp"
#include "protocol/manifest.hpp"

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
  // RFC 8032.
  virtual bool verify_ed25519(const protocol::Ed25519Key& key, Bytes message,
                              const protocol::Ed25519Signature& signature) = 0;

 protected:
  ~Crypto() = default;
};

}  // namespace heliograph::firmware
