#include "server/base/crc32.hpp"

#include <gtest/gtest.h>

namespace heliograph {
namespace {

TEST(Crc32, IsThatOfEverybodyElse) {
  EXPECT_EQ(crc32_of(""), 0U);
  EXPECT_EQ(crc32_of("123456789"), 0xCBF43926U);  // the check value of the catalogues
}

}  // namespace
}  // namespace heliograph
