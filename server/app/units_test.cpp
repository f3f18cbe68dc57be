#include "server/app/units.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::app {
namespace {

using testing::HasSubstr;

TEST(Units, SizesAreInPowersOf1024) {
  EXPECT_EQ(parse_size("1048576").value(), 1'048'576U);
  EXPECT_EQ(parse_size("20G").value(), 20ULL << 30U);
  EXPECT_EQ(parse_size("500 MiB").value(), 500ULL << 20U);
  EXPECT_EQ(parse_size("2tb").value(), 2ULL << 40U);
  EXPECT_EQ(parse_size("0").value(), 0U);
  for (const char* wrong : {"", "G", "-1", "20 apples", "1.5G", "99999999999999999999", "99999999999E"}) {
    const auto size = parse_size(wrong);
    ASSERT_FALSE(size) << wrong;
    EXPECT_EQ(size.error().kind, ErrorKind::bad_request);
    EXPECT_THAT(size.error().detail, HasSubstr("20G"));
  }
}

TEST(Units, DaysMayBeWeeksAndYears) {
  EXPECT_EQ(parse_days("30").value(), 30);
  EXPECT_EQ(parse_days("7d").value(), 7);
  EXPECT_EQ(parse_days("2W").value(), 14);
  EXPECT_EQ(parse_days("1y").value(), 365);
  for (const char* wrong : {"", "d", "-7d", "1h", "1.5d", "99999999999999999999y", "9223372036854775807y"}) {
    EXPECT_FALSE(parse_days(wrong)) << wrong;
  }
}

TEST(Units, SizesAreWrittenForPeople) {
  EXPECT_EQ(size_text(0), "0 bytes");
  EXPECT_EQ(size_text(1023), "1023 bytes");
  EXPECT_EQ(size_text(1536), "1.5 KiB");
  EXPECT_EQ(size_text(20LL << 30), "20.0 GiB");
  EXPECT_EQ(size_text(5000LL << 40), "5000.0 TiB");
}

}  // namespace
}  // namespace heliograph::app
