#include "server/base/sha256.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace heliograph {
namespace {

TEST(Sha256, KnowsTheStandardsExamples) {  // FIPS 180-4 and NIST's example values
  EXPECT_EQ(to_hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(to_hex(sha256(std::string(1'000'000, 'a'))),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, DoesNotCareAboutThePieces) {
  std::vector<std::uint8_t> bytes(300);
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(i * 7);
  const Sha256Digest whole = sha256(bytes);
  for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
    Sha256 hash;
    hash.update(std::span(bytes).first(cut));
    hash.update(std::span(bytes).subspan(cut));
    ASSERT_EQ(hash.finish(), whole) << cut;
  }
}

TEST(Sha256Hex, ReadsBackWhatItWrote) {
  const Sha256Digest digest = sha256("abc");
  EXPECT_EQ(sha256_from_hex(to_hex(digest)), digest);
}

TEST(Sha256Hex, RefusesAnyOtherText) {
  const std::string good = to_hex(sha256("abc"));
  EXPECT_EQ(sha256_from_hex(""), std::nullopt);
  EXPECT_EQ(sha256_from_hex(good.substr(1)), std::nullopt);
  EXPECT_EQ(sha256_from_hex(good + "0"), std::nullopt);
  EXPECT_EQ(sha256_from_hex("G" + good.substr(1)), std::nullopt);
  EXPECT_EQ(sha256_from_hex("BA" + good.substr(2)), std::nullopt);  // one digest has one spelling
}

// RFC 4231, test case 2.
TEST(HmacSha256, IsTheOneOfTheStandard) {
  const std::string key = "Jefe";
  const auto mac = hmac_sha256({reinterpret_cast<const std::uint8_t*>(key.data()), key.size()},
                               "what do ya want for nothing?");
  EXPECT_EQ(to_hex(mac), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(Digests, AreComparedWhole) {
  const Sha256Digest digest = sha256(std::string_view("a"));
  EXPECT_TRUE(equal_in_constant_time(digest, digest));
  for (const std::size_t byte : {0U, 31U}) {
    Sha256Digest other = digest;
    other[byte] ^= 1U;
    EXPECT_FALSE(equal_in_constant_time(digest, other));
  }
}

}  // namespace
}  // namespace heliograph
