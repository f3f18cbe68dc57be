#include "server/base/base64.hpp"

#include <string_view>

#include <gtest/gtest.h>

namespace heliograph {
namespace {

TEST(Base64, IsTheStandards) {
  const struct {
    std::string_view bytes;
    std::string_view text;
    std::string_view for_addresses;
  } cases[] = {{"", "", ""},
               {"f", "Zg==", "Zg"},
               {"fo", "Zm8=", "Zm8"},
               {"foo", "Zm9v", "Zm9v"},
               {"foobar", "Zm9vYmFy", "Zm9vYmFy"},
               {"\xfb\xff\xfe", "+//+", "-__-"}};
  for (const auto& c : cases) {
    const std::span bytes(reinterpret_cast<const std::uint8_t*>(c.bytes.data()), c.bytes.size());
    EXPECT_EQ(base64(bytes), c.text);
    EXPECT_EQ(from_base64(c.text), c.bytes);
    EXPECT_EQ(base64url(bytes), c.for_addresses);
    EXPECT_EQ(from_base64url(c.for_addresses), c.bytes);
    EXPECT_EQ(is_base64url(c.for_addresses), !c.bytes.empty());
  }
}

TEST(Base64, IsReadOnlyAsItIsWritten) {
  for (const char* text : {"Zg", "Zg=", "Zh==", "Zg==Zg==", " Zg==", "Zg==\n",
                           "====", "Z===", "Zm9v====", "-__-", "\xc3\xa4=="}) {
    EXPECT_EQ(from_base64(text), std::nullopt) << text;
  }
}

TEST(Base64, ForAddressesIsReadOnlyAsItIsWritten) {
  for (const char* text : {"Z", "Zh", "Zg==", "+//+", "Zm 9", " Zg", "Zg\n", "\xc3\xa4"}) {
    EXPECT_EQ(from_base64url(text), std::nullopt) << text;
  }
}

TEST(Base64, KnowsItsOwn) {
  for (const char* text : {"", "Zg==", "Z", "Zm9vY", "+//+", "Zm 9", "=", "Zg=", "\xc3\xa4"}) {
    EXPECT_FALSE(is_base64url(text)) << text;
  }
}

}  // namespace
}  // namespace heliograph
