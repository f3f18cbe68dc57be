#include "server/base/crc32.hpp"

#include <gtest/gtest.h>

namespace heliograph {
namespace {

TEST(Crc32, IsTheOneOfThePublishedCheck) {
  EXPECT_EQ(crc32("123456789"), 0xcbf43926u);
  EXPECT_EQ(crc32(""), 0u);
}

}  // namespace
}  // namespace heliograph
