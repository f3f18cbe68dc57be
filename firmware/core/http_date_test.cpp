#include "firmware/core/http_date.hpp"

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

TEST(HttpDate, ReadsTheUsualForm) {
  EXPECT_EQ(parse_http_date("Thu, 01 Jan 1970 00:00:00 GMT"), 0);
  EXPECT_EQ(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), 784111777000);
  EXPECT_EQ(parse_http_date("Tue, 29 Feb 2000 23:59:59 GMT"), 951868799000);
  EXPECT_EQ(parse_http_date("Sun, 22 Nov 2026 15:01:02 GMT"), 1795359662000);
  EXPECT_EQ(parse_http_date("Fri, 31 Dec 2100 00:00:00 GMT"), 4133894400000);
}

TEST(HttpDate, ReadsNothingElse) {
  for (const char* text :
       {"", "0", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
        "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 06 Nux 1994 08:49:37 GMT", "Sun, 06 anF 1994 08:49:37 GMT",
        "Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 06 Nov 19x4 08:49:37 GMT",
        "Sun, 06 Nov 1994 08-49-37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT "}) {
    EXPECT_EQ(parse_http_date(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace heliograph::firmware
