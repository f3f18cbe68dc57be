// OpenSSL's digests.
#pragma once

#include "firmware/core/platform/crypto.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

namespace heliograph::firmware {

class OpenSslCrypto final : public Crypto {
 public:
  Sha256 sha256(Bytes data) override {
    Sha256 digest{};
    SHA256(static_cast<const unsigned char*>(data.data), data.size, digest.data());
    return digest;
  }
  Sha256 hmac_sha256(const Sha256& key, std::string_view text) override {
    Sha256 digest{};
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(), nullptr);
    return digest;
  }
};

}  // namespace heliograph::firmware
