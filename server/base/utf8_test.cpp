#include "server/base/utf8.hpp"

#include <gtest/gtest.h>

namespace heliograph {
namespace {

TEST(Printable, LeavesGoodTextAlone) {
  EXPECT_EQ(printable("Räuber 🦊", 100), "Räuber 🦊");
  EXPECT_EQ(printable("", 100), "");
}

TEST(Printable, ReplacesWhatNoDatabaseTakes) {
  EXPECT_EQ(printable(std::string_view("a\0b\nc\x7F", 6), 100), "a b c ");
  EXPECT_EQ(printable("a\xFFz", 100), "a\xEF\xBF\xBDz");
  EXPECT_EQ(printable("\xC3", 100), "\xEF\xBF\xBD") << "the beginning of a letter";
}

TEST(Printable, EndsBetweenTwoLetters) {
  EXPECT_EQ(printable("abc", 2), "ab");
  EXPECT_EQ(printable("aäb", 2), "a") << "half a letter is none";
  EXPECT_EQ(printable("a\xFF", 3), "a");
}

}  // namespace
}  // namespace heliograph
