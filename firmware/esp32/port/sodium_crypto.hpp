// libsodium's digests and signatures: one library for all three, and the one that the component registry has
// with Ed25519, which mbedTLS lacks. Its SHA-256 is done by mbedTLS there, and so by the chip.
#pragma once

#include "firmware/core/platform/crypto.hpp"

#include <sodium.h>

namespace heliograph::firmware {

class SodiumCrypto final : public Crypto {
 public:
  Sha256 sha256(Bytes data) override {
    Sha256 digest{};
    crypto_hash_sha256(digest.data(), static_cast<const unsigned char*>(data.data), data.size);
    return digest;
  }
  Sha256 hmac_sha256(const Sha256& key, std::string_view text) override {
    static_assert(crypto_auth_hmacsha256_KEYBYTES == sizeof(Sha256));
    Sha256 digest{};
    crypto_auth_hmacsha256(digest.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                           key.data());
    return digest;
  }
  bool verify_ed25519(const protocol::Ed25519Key& key, Bytes message,
                      const protocol::Ed25519Signature& signature) override {
    return crypto_sign_verify_detached(signature.data(), static_cast<const unsigned char*>(message.data),
                                       message.size, key.data()) == 0;
  }
};

}  // namespace heliograph::firmware
