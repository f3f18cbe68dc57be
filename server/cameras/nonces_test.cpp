#include "server/cameras/nonces.hpp"

#include <string>

#include <gtest/gtest.h>

namespace heliograph::cameras {
namespace {

using namespace std::chrono_literals;

constexpr SteadyTime start{};

TEST(Nonces, AreTakenOnce) {
  Nonces nonces;
  EXPECT_TRUE(nonces.take(CameraId{1}, "0123456789abcdef", start));
  EXPECT_EQ(nonces.take(CameraId{1}, "0123456789abcdef", start + 599s).error().kind, ErrorKind::conflict);
  EXPECT_TRUE(nonces.take(CameraId{2}, "0123456789abcdef", start)) << "another camera's";
  EXPECT_TRUE(nonces.take(CameraId{1}, "fedcba9876543210", start));
}

TEST(Nonces, AreForgottenWhenTheSignatureIsTooOld) {
  Nonces nonces;
  nonces.take(CameraId{1}, "0123456789abcdef", start).value();
  EXPECT_TRUE(nonces.take(CameraId{1}, "0123456789abcdef", start + 600s));
}

TEST(Nonces, AreBounded) {
  Nonces nonces;
  for (std::size_t i = 0; i < max_nonces; ++i) nonces.take(CameraId{1}, std::to_string(i), start).value();
  EXPECT_EQ(nonces.take(CameraId{1}, "one more", start).error().kind, ErrorKind::unavailable);
  EXPECT_TRUE(nonces.take(CameraId{1}, "one more", start + 600s));
}

}  // namespace
}  // namespace heliograph::cameras
