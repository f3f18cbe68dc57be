#include "firmware/core/authorization.hpp"

#include "firmware/core/platform/fake_crypto.hpp"
#include "firmware/core/platform/fake_random.hpp"
#include "protocol/signature.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

using ::testing::StartsWith;

TEST(Authorizations, AreTheKeyItself) {
  Authorization authorization;
  write_bearer("cam_x", authorization);
  EXPECT_EQ(authorization.view(), "Bearer cam_x");
}

TEST(Authorizations, AreSignaturesThatTheServerReads) {
  FakeCrypto crypto;
  FakeRandom random;
  random.value = 0x12345678;
  const protocol::SignedFields fields{"POST", "/device/v1/images", "boot",
                                      "42",   "1795359660000",     "battery_mv=3900"};
  Authorization authorization;
  write_signature({"1m81wctr5b8y7", "cam_x", 1'795'359'662'123}, fields, {"\xFF\xD8\xFF\xD9", 4}, crypto,
                  random, authorization);
  ASSERT_FALSE(authorization.truncated());
  const std::string text(authorization.view());
  ASSERT_THAT(text, StartsWith("Heliograph-HMAC-SHA256 "));
  protocol::Signature signature;
  ASSERT_TRUE(protocol::decode_signature(std::string_view(text).substr(protocol::signature_scheme.size()),
                                         signature));
  EXPECT_EQ(signature.camera, "1m81wctr5b8y7");
  EXPECT_EQ(signature.time_ms, 1'795'359'662'123);
  EXPECT_EQ(signature.nonce, "8765432187654321");
  const std::string body = "04" + std::string(62, '0');
  EXPECT_EQ(signature.body, body);
  EXPECT_EQ(crypto.signed_text,
            "Heliograph-HMAC-SHA256\nPOST\n/device/v1/images\n1m81wctr5b8y7\n1795359662123\n"
            "8765432187654321\nboot\n42\n1795359660000\nbattery_mv=3900\n" +
                body + "\n");
}

TEST(Authorizations, OfTheLongestPartsFit) {
  FakeCrypto crypto;
  FakeRandom random;
  const std::string boot(protocol::max_nonce_length, 'b');
  const std::string telemetry(256, 't');
  Authorization authorization;
  write_signature({"1m81wctr5b8y7", std::string(255, 'k'), 999'999'999'999'999},
                  {"POST", "/device/v1/images", boot, "9007199254740991", "4102444800000", telemetry}, {},
                  crypto, random, authorization);
  EXPECT_FALSE(authorization.truncated());
  EXPECT_THAT(crypto.signed_text, ::testing::EndsWith("\n"));
}

}  // namespace
}  // namespace heliograph::firmware
