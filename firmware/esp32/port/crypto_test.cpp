#include "firmware/esp32/port/sodium_crypto.hpp"
#include "protocol/manifest_vector.hpp"

#include <string>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

std::string hex(const Sha256& digest) {
  std::string text;
  for (const std::uint8_t byte : digest) {
    text += "0123456789abcdef"[byte >> 4];
    text += "0123456789abcdef"[byte & 15];
  }
  return text;
}

TEST(SodiumCrypto, Digests) {
  SodiumCrypto crypto;
  EXPECT_EQ(hex(crypto.sha256({"abc", 3})),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  // RFC 4231 §4.2 has a key of twenty bytes, to which HMAC adds zeros.
  Sha256 key{};
  std::fill_n(key.begin(), 20, 0x0b);
  EXPECT_EQ(hex(crypto.hmac_sha256(key, "Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
}

TEST(SodiumCrypto, Signatures) {
  SodiumCrypto crypto;
  protocol::Manifest manifest;
  ASSERT_TRUE(protocol::read_manifest(protocol::vector_manifest, manifest));
  const Bytes text{manifest.signed_text.data(), manifest.signed_text.size()};
  EXPECT_TRUE(crypto.verify_ed25519(manifest.key, text, manifest.signature));
  auto forged = manifest.signature;
  forged[5] ^= 1;
  EXPECT_FALSE(crypto.verify_ed25519(manifest.key, text, forged));
  EXPECT_FALSE(crypto.verify_ed25519(manifest.key, {text.data, text.size - 1}, manifest.signature));
}

}  // namespace
}  // namespace heliograph::firmware
