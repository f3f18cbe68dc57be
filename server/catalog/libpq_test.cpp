#include "server/catalog/libpq.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::catalog {
namespace {

using testing::HasSubstr;

TEST(Libpq, SaysWhatToInstallWhenItIsMissing) {
  const auto loaded = load_libpq("libpq.so.0");
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().kind, ErrorKind::unavailable);
  EXPECT_THAT(loaded.error().detail, HasSubstr("libpq5"));
  EXPECT_THAT(loaded.error().detail, HasSubstr("libpq.so.0"));
}

TEST(Libpq, IsNotTakenForAnotherLibrary) {
  const auto loaded = load_libpq("libc.so.6");
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().kind, ErrorKind::unavailable);
  EXPECT_THAT(loaded.error().detail, HasSubstr("it has no PQ"));
}

}  // namespace
}  // namespace heliograph::catalog
