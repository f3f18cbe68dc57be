// Digests that a test can read: how much was hashed, not what.
#pragma once

#include "firmware/core/platform/crypto.hpp"

#include <string>

namespace heliograph::firmware {

class FakeCrypto final : public Crypto {
 public:
  Sha256 sha256(Bytes data) override {
    Sha256 digest{};
    digest[0] = static_cast<std::uint8_t>(data.size);
    return digest;
  }
  Sha256 hmac_sha256(const Sha256&, std::string_view text) override {
    signed_text = text;
    return Sha256{};
  }

  // Believes what ends with `believed`.
  bool verify_ed25519(const protocol::Ed25519Key&, Bytes,
                      const protocol::Ed25519Signature& signature) override {
    return signature.back() == believed;
  }

  std::uint8_t believed = 0x02;  // as the vector's signature does
  std::string signed_text;       // the last one
};

}  // namespace heliograph::firmware
