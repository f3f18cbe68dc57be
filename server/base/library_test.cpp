#include "server/base/library.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph {
namespace {

using testing::HasSubstr;

TEST(Library, LendsItsFunctions) {
  auto maths = Library::load("libm.so.6", "libc6").value();
  double (*cosine)(double) = nullptr;
  maths.find(cosine, "cos");
  ASSERT_TRUE(maths.complete());
  EXPECT_EQ(cosine(0.0), 1.0);
}

TEST(Library, ThatIsMissingNamesWhatToInstall) {
  const auto missing = Library::load("libheliograph-none.so.0", "libnone0");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, ErrorKind::unavailable);
  EXPECT_THAT(missing.error().detail, HasSubstr("install libnone0"));
}

TEST(Library, OfTheSameNameThatIsAnotherIsToldApart) {
  auto maths = Library::load("libm.so.6", "libc6").value();
  double (*cosine)(double) = nullptr;
  void (*other)() = nullptr;
  maths.find(other, "there_is_no_such_function");
  maths.find(cosine, "cos");
  ASSERT_FALSE(maths.complete());
  EXPECT_THAT(maths.complete().error().detail, HasSubstr("there_is_no_such_function"));
}

}  // namespace
}  // namespace heliograph
