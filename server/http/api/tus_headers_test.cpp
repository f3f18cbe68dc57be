#include "server/http/api/tus_headers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::http {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

TEST(TusHeaders, NumbersAreDigits) {
  EXPECT_EQ(read_tus_number("0"), 0U);
  EXPECT_EQ(read_tus_number("9223372036854775807"), 9223372036854775807U);
  for (const char* text : {"", "-1", "-0", "+1", " 1", "1 ", "1,1", "0x1", "1.0", "9223372036854775808"}) {
    EXPECT_EQ(read_tus_number(text), std::nullopt) << text;
  }
}

TEST(TusHeaders, Base64HasOneSpelling) {
  const std::pair<std::string_view, std::string_view> table[] = {
      {"", ""},        {"Zg==", "f"},        {"Zm8=", "fo"},
      {"Zm9v", "foo"}, {"Zm9vYg==", "foob"}, {"//79", "\xff\xfe\xfd"}};
  for (const auto& [text, bytes] : table) EXPECT_EQ(decode_base64(text), bytes) << text;
  for (const char* text : {"Z", "Zg", "Zg=", "Zh==", "Zm9=", "Zg==Zg==", "====", "Zm 9", "Zm9v\n", "Zm-_"}) {
    EXPECT_EQ(decode_base64(text), std::nullopt) << text;
  }
}

TEST(TusHeaders, MetadataIsKeysAndValues) {
  EXPECT_THAT(read_tus_metadata("filename d29ybGQ=,is_confidential,boot Yi0x").value(),
              ElementsAre(Pair("filename", "world"), Pair("is_confidential", ""), Pair("boot", "b-1")));
  EXPECT_THAT(read_tus_metadata("a YQ== , b Yg==").value(), ElementsAre(Pair("a", "a"), Pair("b", "b")));
  EXPECT_THAT(read_tus_metadata("").value(), IsEmpty());
}

TEST(TusHeaders, BadMetadataIsExplained) {
  std::string many = "k0";
  for (std::size_t i = 1; i <= max_metadata_keys; ++i) many += ",k" + std::to_string(i);
  for (const std::string& text :
       {std::string(","), std::string("a YQ==,"), std::string("a YQ"), std::string("a YQ==,a YQ=="),
        std::string(",a YQ=="), std::string("a\x01 YQ=="), std::string("\xc3\xbc YQ=="), many}) {
    const auto metadata = read_tus_metadata(text);
    ASSERT_FALSE(metadata) << text;
    EXPECT_EQ(metadata.error().kind, ErrorKind::bad_request);
    EXPECT_THAT(metadata.error().detail, testing::HasSubstr("Upload-Metadata"));
  }
}

TEST(TusHeaders, AChecksumNamesItsAlgorithm) {
  EXPECT_EQ(read_tus_checksum("sha1 Zm9v").value(), (TusChecksum{"sha1", "foo"}));
  for (const char* text : {"", "sha1", "sha1 ", "Zm9v", " Zm9v", "sha1 Zm9", "sha1 Zm9v x"}) {
    EXPECT_FALSE(read_tus_checksum(text)) << text;
  }
}

}  // namespace
}  // namespace heliograph::http
