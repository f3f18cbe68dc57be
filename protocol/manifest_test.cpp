#include "protocol/manifest.hpp"

#include "protocol/manifest_vector.hpp"

#include <string>

#include <gtest/gtest.h>

namespace heliograph::protocol {
namespace {

// The vector's manifest with one of its lines another, or none.
std::string with(std::string_view name, std::string_view line) {
  std::string text(vector_manifest);
  const std::size_t at = text.find(std::string(name) + " ");
  text.replace(at, text.find('\n', at) + 1 - at, line);
  return text;
}

TEST(Manifests, AreReadFromTheImageThatFollows) {
  const std::string file = std::string(vector_manifest) + std::string(vector_image);
  Manifest manifest;
  ASSERT_TRUE(read_manifest(file, manifest));
  EXPECT_EQ(manifest.model, "t-sim7600-mega");
  EXPECT_EQ(manifest.version_text, "1.20.3");
  EXPECT_EQ(compare(manifest.version, {1, 20, 3}), 0);
  EXPECT_EQ(manifest.security, 4U);
  EXPECT_FALSE(manifest.downgrade);
  EXPECT_EQ(manifest.size, vector_image.size());
  EXPECT_EQ(manifest.sha256[0], 0xb4);
  EXPECT_EQ(manifest.key[0], 0xd7);
  EXPECT_EQ(manifest.signature[63], 0x02);
  EXPECT_EQ(manifest.text, vector_manifest);
  EXPECT_EQ(manifest.signed_text, vector_manifest.substr(0, vector_manifest.find("signature")));
}

TEST(Manifests, AreWrittenAsTheyAreRead) {
  std::string text;
  write_signed_manifest("t-sim7600-mega", "1.20.3", "4", false, "32",
                        "b4e88981f1690411b26b8c6f3f0855afe1b62afe6df753352a60bffa9bbaed96", vector_key,
                        [&text](std::string_view piece) { text.append(piece); });
  EXPECT_EQ(text, vector_manifest.substr(0, vector_manifest.find("signature")));
}

TEST(Manifests, AtTheirLongestFit) {
  const std::string hex(128, 'f');
  std::string text;
  write_signed_manifest(std::string(max_model, 'm'), "65535.65535.65535", "4294967295", true,
                        std::to_string(max_image_bytes), hex.substr(0, 64), hex.substr(0, 64),
                        [&text](std::string_view piece) { text.append(piece); });
  text += "signature " + hex + "\n";
  Manifest manifest;
  EXPECT_LE(text.size(), max_manifest);
  ASSERT_TRUE(read_manifest(text, manifest));
  EXPECT_TRUE(manifest.downgrade);
}

TEST(Manifests, HaveOneSpelling) {
  const std::string bad[] = {
      "",
      " " + std::string(vector_manifest),
      std::string(vector_manifest.substr(0, vector_manifest.size() - 1)),
      with("heliograph-firmware", "heliograph-firmware 2\n"),
      with("model", ""),
      with("model", "model \n"),
      with("model", "model T-SIM7600\n"),
      with("model", "model a b\n"),
      with("model", "model " + std::string(max_model + 1, 'm') + "\n"),
      with("model", "model x\r\n"),
      with("version", "version 1.20\n"),
      with("version", "version 1.20.3.4\n"),
      with("version", "version 1.020.3\n"),
      with("version", "version 1.20.65536\n"),
      with("version", "version 1..3\n"),
      with("version", "version -1.2.3\n"),
      with("version", "version  1.20.3\n"),
      with("security", "security +4\n"),
      with("security", "security 04\n"),
      with("security", "security 4294967296\n"),
      with("security", "security 4\nsecurity 4\n"),
      with("downgrade", "downgrade maybe\n"),
      with("size", "size 0\n"),
      with("size", "size 67108865\n"),
      with("size", "size 32 \n"),
      with("sha256", "sha256 " + std::string(64, 'A') + "\n"),
      with("sha256", "sha256 " + std::string(63, 'a') + "\n"),
      with("key", "key " + std::string(66, 'a') + "\n"),
      with("signature", "signature " + std::string(126, 'a') + "\n"),
      with("signature", "\nsignature " + std::string(128, 'a') + "\n"),
  };
  for (const std::string& text : bad) {
    Manifest untouched;
    EXPECT_FALSE(read_manifest(text, untouched)) << text;
    EXPECT_TRUE(untouched.text.empty()) << text;
  }
}

TEST(Versions, AreComparedAsNumbers) {
  const auto version = [](std::string_view text) {
    Version read;
    EXPECT_TRUE(read_version(text, read)) << text;
    return read;
  };
  EXPECT_LT(compare(version("0.9.0"), version("0.10.0")), 0);
  EXPECT_GT(compare(version("1.0.0"), version("0.65535.65535")), 0);
  EXPECT_GT(compare(version("1.0.2"), version("1.0.1")), 0);
  EXPECT_EQ(compare(version("0.0.0"), version("0.0.0")), 0);
}

}  // namespace
}  // namespace heliograph::protocol
