#include "firmware/linux/openssl_crypto.hpp"

#include "protocol/manifest_vector.hpp"

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

TEST(OpenSslCrypto, BelievesTheVectorAndNothingNearIt) {
  protocol::Manifest manifest;
  ASSERT_TRUE(protocol::read_manifest(protocol::vector_manifest, manifest));
  OpenSslCrypto crypto;
  const Bytes text{manifest.signed_text.data(), manifest.signed_text.size()};
  EXPECT_TRUE(crypto.verify_ed25519(manifest.key, text, manifest.signature));
  EXPECT_FALSE(crypto.verify_ed25519(manifest.key, {text.data, text.size - 1}, manifest.signature));
  for (std::size_t i = 0; i < manifest.signature.size(); ++i) {
    auto other = manifest.signature;
    other[i] ^= 1;
    EXPECT_FALSE(crypto.verify_ed25519(manifest.key, text, other)) << i;
  }
  auto key = manifest.key;
  key[0] ^= 1;
  EXPECT_FALSE(crypto.verify_ed25519(key, text, manifest.signature));
  EXPECT_FALSE(crypto.verify_ed25519(protocol::Ed25519Key{}, text, protocol::Ed25519Signature{}));
  EXPECT_EQ(crypto.sha256({protocol::vector_image.data(), protocol::vector_image.size()}), manifest.sha256);
}

}  // namespace
}  // namespace heliograph::firmware
