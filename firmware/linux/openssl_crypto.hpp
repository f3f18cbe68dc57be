// OpenSSL's digests.
#pragma once

#include "firmware/core/platform/crypto.hpp"

#include <memory>

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
  bool verify_ed25519(const protocol::Ed25519Key& key, Bytes message,
                      const protocol::Ed25519Signature& signature) override {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> known(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()), &EVP_PKEY_free);
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    return known && context &&
           EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, known.get()) == 1 &&
           EVP_DigestVerify(context.get(), signature.data(), signature.size(),
                            static_cast<const unsigned char*>(message.data), message.size) == 1;
  }
};

}  // namespace heliograph::firmware
