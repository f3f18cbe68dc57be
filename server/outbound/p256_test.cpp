#include "server/outbound/p256.hpp"

#include "server/base/base64.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::outbound {
namespace {

std::string text_of(const P256Point& point) {
  return {reinterpret_cast<const char*>(point.data()), point.size()};
}

TEST(P256, TwoAgreeOnTheSameSecret) {
  const P256Key anna = make_p256_key().value();
  const P256Key bert = make_p256_key().value();
  EXPECT_NE(anna.secret, bert.secret);
  const auto shared = p256_agree(anna, bert.point).value();
  EXPECT_EQ(p256_agree(bert, anna.point).value(), shared);
  EXPECT_NE(p256_agree(anna, anna.point).value(), shared);
}

TEST(P256, APointIsOnTheCurve) {
  const P256Key key = make_p256_key().value();
  const std::string good = text_of(key.point);
  EXPECT_EQ(read_p256_point(good), key.point);
  std::string moved = good;
  moved.back() = static_cast<char>(moved.back() ^ 1);
  std::string other_form = good;
  other_form.front() = 6;
  for (const std::string& bytes :
       {std::string(), good.substr(1), good + "x", moved, other_form, std::string(65, '\0'),
        std::string(1, '\0'), "\x04" + std::string(64, '\0'), "\x04" + std::string(64, '\xff')}) {
    EXPECT_EQ(read_p256_point(bytes), std::nullopt)
        << base64url({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  }
}

TEST(P256, SaysWhenAKeyIsNone) {
  EXPECT_EQ(p256_agree({}, make_p256_key().value().point).error().kind, ErrorKind::internal);
  EXPECT_EQ(p256_agree(make_p256_key().value(), {}).error().kind, ErrorKind::internal);
  EXPECT_EQ(p256_sign({}, "text").error().kind, ErrorKind::internal);
}

TEST(P256, SignsAnewEachTime) {
  // That others can verify it: tests/test_push.py.
  const P256Key key = make_p256_key().value();
  EXPECT_NE(p256_sign(key, "text").value(), p256_sign(key, "text").value());
}

}  // namespace
}  // namespace heliograph::outbound
