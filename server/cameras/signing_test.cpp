#include "server/cameras/signing.hpp"

#include "protocol/manifest_vector.hpp"
#include "server/cameras/signed_image.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::cameras {
namespace {

using testing::HasSubstr;

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string vector_key_file() {
  return "secret " + std::string(protocol::vector_seed) + "\npublic " + std::string(protocol::vector_key) +
         "\n";
}

// As it comes in pieces of this size.
Result<catalog::Release> read(std::string_view file, std::size_t piece) {
  SignedImage image;
  while (!file.empty()) {
    const auto fed = image.feed(bytes_of(file.substr(0, piece)));
    if (!fed) return fed.error();
    file.remove_prefix(std::min(piece, file.size()));
  }
  return image.finish();
}

TEST(Signing, MakesTheVectorToTheByte) {
  const auto key = read_signing_key(vector_key_file());
  ASSERT_TRUE(key);
  const auto manifest =
      sign_image(bytes_of(protocol::vector_image), {"t-sim7600-mega", "1.20.3", 4, false}, *key);
  ASSERT_TRUE(manifest);
  EXPECT_EQ(*manifest, protocol::vector_manifest);
}

TEST(Signing, KeysAreKeptAsTheyWereMade) {
  const SigningKey key = make_signing_key();
  EXPECT_NE(key.seed, make_signing_key().seed);
  const std::string text = write_signing_key(key);
  const auto again = read_signing_key(text);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->seed, key.seed);
  EXPECT_EQ(again->public_key, key.public_key);
  std::string mixed = text;
  mixed.replace(mixed.find("public ") + 7, 64, protocol::vector_key);
  for (const std::string& bad : {std::string(), text.substr(1), text + "x", text.substr(0, 70), mixed}) {
    EXPECT_EQ(read_signing_key(bad).error().kind, ErrorKind::bad_request) << bad;
  }
}

TEST(Signing, SaysWhatCannotBeSigned) {
  const SigningKey key = make_signing_key();
  EXPECT_THAT(sign_image(bytes_of("x"), {"T-SIM", "1.0.0"}, key).error().detail, HasSubstr("model"));
  EXPECT_THAT(sign_image(bytes_of("x"), {"t-sim", "1.0"}, key).error().detail, HasSubstr("version"));
  EXPECT_THAT(sign_image({}, {"t-sim", "1.0.0"}, key).error().detail, HasSubstr("image"));
}

TEST(SignedImages, AreReadInPiecesOfAnySize) {
  const std::string file = std::string(protocol::vector_manifest) + std::string(protocol::vector_image);
  for (const std::size_t piece : {1U, 7U, 512U, 513U, 100'000U}) {
    const auto release = read(file, piece);
    ASSERT_TRUE(release) << release.error().detail;
    EXPECT_EQ(release->model, "t-sim7600-mega");
    EXPECT_EQ(release->version, "1.20.3");
    EXPECT_EQ(release->security, 4);
    EXPECT_EQ(release->size_bytes, 32);
    EXPECT_EQ(hex_of(release->public_key), protocol::vector_key);
  }
}

TEST(SignedImages, LargerThanOnePiece) {
  const std::string image(300'000, 'i');
  const auto manifest = sign_image(bytes_of(image), {"esp32-cam", "0.0.1"}, make_signing_key());
  ASSERT_TRUE(manifest);
  EXPECT_EQ(read(*manifest + image, 4096)->size_bytes, 300'000);
}

TEST(SignedImages, ThatAreNotWholeAreRefused) {
  const std::string manifest(protocol::vector_manifest);
  const std::string image(protocol::vector_image);
  std::string changed = manifest;
  changed.replace(changed.find("1.20.3"), 6, "1.20.4");
  const std::pair<std::string, std::string> rows[] = {
      {"", "no manifest"},
      {image, "no manifest"},
      {manifest.substr(0, 100), "no manifest"},
      {changed + image, "signature is wrong"},
      {manifest, "cut off: 0 of 32"},
      {manifest + image.substr(1), "cut off: 31 of 32"},
      {manifest + image + "x", "longer than the 32 bytes"},
      {manifest + std::string(32, 'x'), "not the one that was signed"},
  };
  for (const auto& [file, why] : rows) {
    const auto refused = read(file, 64);
    ASSERT_FALSE(refused) << why;
    EXPECT_EQ(refused.error().kind, ErrorKind::unprocessable);
    EXPECT_THAT(refused.error().detail, HasSubstr(why));
  }
}

}  // namespace
}  // namespace heliograph::cameras
