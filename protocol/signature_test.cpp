#include "protocol/signature.hpp"

#include <string>

#include <gtest/gtest.h>

namespace heliograph::protocol {
namespace {

const std::string digest_a(64, 'a');
const std::string digest_b(64, 'b');

std::string header(std::string_view camera, std::string_view time, std::string_view nonce,
                   std::string_view body = digest_a, std::string_view signature = digest_b) {
  std::string text;
  text.append("camera=").append(camera).append(", time=").append(time).append(",nonce=").append(nonce);
  text.append(" , body=").append(body).append(", signature=").append(signature);
  return text;
}

TEST(Signatures, AreReadFromTheirHeader) {
  Signature signature;
  const std::string text = header("1m81wctr5b8y7", "1795359662123", "9f86d081884c7d65") + ", later=1";
  ASSERT_TRUE(decode_signature(text, signature));
  EXPECT_EQ(signature.camera, "1m81wctr5b8y7");
  EXPECT_EQ(signature.time_ms, 1795359662123);
  EXPECT_EQ(signature.time_text, "1795359662123");
  EXPECT_EQ(signature.nonce, "9f86d081884c7d65");
  EXPECT_EQ(signature.body, digest_a);
  EXPECT_EQ(signature.signature, digest_b);
}

TEST(Signatures, ThatAreNotSoundAreRefused) {
  const std::string good = header("c", "1", "0123456789abcdef");
  Signature signature;
  ASSERT_TRUE(decode_signature(good, signature));
  const std::string bad[] = {
      "",
      ",",
      "camera",
      good + ",",
      good + ", camera=d",
      "camera=c",
      header("", "1", "0123456789abcdef"),
      header("c d", "1", "0123456789abcdef"),
      header(std::string(33, 'c'), "1", "0123456789abcdef"),
      header("c", "", "0123456789abcdef"),
      header("c", "-1", "0123456789abcdef"),
      header("c", "1234567890123456", "0123456789abcdef"),
      header("c", "1", "0123456789abcde"),
      header("c", "1", std::string(65, 'n')),
      header("c", "1", "0123456789abcdef", std::string(63, 'a')),
      header("c", "1", "0123456789abcdef", std::string(64, 'A')),
      header("c", "1", "0123456789abcdef", digest_a, std::string(64, 'g')),
  };
  for (const std::string& text : bad) {
    Signature untouched;
    EXPECT_FALSE(decode_signature(text, untouched)) << text;
    EXPECT_TRUE(untouched.camera.empty()) << text;
  }
}

TEST(Signatures, CoverWhatMatters) {
  Signature signature;
  const std::string text = header("c", "1", "0123456789abcdef");
  ASSERT_TRUE(decode_signature(text, signature));
  std::string signed_text;
  write_signed_text(signature, {"POST", "/device/v1/images", "boot", "42", "", "battery_mv=1"},
                    [&](std::string_view piece) { signed_text.append(piece); });
  EXPECT_EQ(signed_text,
            "Heliograph-HMAC-SHA256\nPOST\n/device/v1/images\nc\n1\n0123456789abcdef\nboot\n42\n\n"
            "battery_mv=1\n" +
                digest_a + "\n");
}

}  // namespace
}  // namespace heliograph::protocol
