#include "server/http/api/push_input.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::http {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

// Of RFC 8291, appendix A.
constexpr std::string_view point =
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
constexpr std::string_view secret = "BTBZMqHH6r4Tts7J_aSIgg";
const std::vector<std::string> services{"fcm.googleapis.com", "*.push.apple.com", "127.0.0.1"};

boost::json::object subscription(std::string_view endpoint) {
  return {{"endpoint", endpoint},
          {"keys", {{"p256dh", point}, {"auth", secret}}},
          {"kinds", {"silent", "battery", "silent"}}};
}

TEST(PushInput, IsReadWhole) {
  const auto input =
      read_push_input(subscription("https://fcm.googleapis.com/fcm/send/a:b"), services).value();
  EXPECT_EQ(input.endpoint, "https://fcm.googleapis.com/fcm/send/a:b");
  EXPECT_THAT(input.p256dh, SizeIs(65));
  EXPECT_THAT(input.auth, SizeIs(16));
  EXPECT_THAT(input.kinds, ElementsAre("silent", "battery"));
}

TEST(PushInput, IsOfAServiceThatMayBeTold) {
  for (const char* endpoint : {"https://web.push.apple.com/x", "https://a.b.push.apple.com/x",
                               "https://127.0.0.1:8443/x", "https://fcm.googleapis.com"}) {
    EXPECT_TRUE(read_push_input(subscription(endpoint), services)) << endpoint;
  }
  for (const char* endpoint : {"",
                               "x",
                               "http://fcm.googleapis.com/x",
                               "ftp://fcm.googleapis.com/x",
                               "https://push.apple.com/x",
                               "https://notpush.apple.com/x",
                               "https://localhost/x",
                               "https://fcm.googleapis.com.evil.org/x",
                               "https://evil.org/fcm.googleapis.com",
                               "https://fcm.googleapis.com@evil.org/x",
                               "https://evil.org#fcm.googleapis.com",
                               "https://me@fcm.googleapis.com/x",
                               "https://fcm.googleapis.com\\@evil.org/x",
                               "https://127.0.0.1.nip.io/x",
                               "https://[::1]/x",
                               "https://169.254.169.254/latest",
                               "https:///x",
                               "https://fcm.googleapis.com/a b",
                               "https://fcm.googleapis.com/\r\nX: y",
                               "https://%66cm.googleapis.com/x",
                               "//fcm.googleapis.com/x",
                               "https:fcm.googleapis.com"}) {
    const auto refused = read_push_input(subscription(endpoint), services);
    ASSERT_FALSE(refused) << endpoint;
    EXPECT_EQ(refused.error().kind, ErrorKind::unprocessable) << endpoint;
  }
  EXPECT_THAT(read_push_input(subscription("https://evil.org/x"), services).error().detail,
              HasSubstr("does not know the push service evil.org"));
  EXPECT_FALSE(read_push_input(subscription("https://fcm.googleapis.com/x"), {}));
  EXPECT_FALSE(read_push_input(subscription("https://fcm.googleapis.com/" + std::string(max_endpoint, 'x')),
                               services));
}

TEST(PushInput, HasKeysThatCanBeUsed) {
  const auto with_keys = [](boost::json::value keys) {
    auto body = subscription("https://fcm.googleapis.com/x");
    body["keys"] = std::move(keys);
    const auto input = read_push_input(body, services);
    EXPECT_FALSE(input) << boost::json::serialize(body);
    return input ? ErrorKind::internal : input.error().kind;
  };
  const std::string moved = std::string(point.substr(0, point.size() - 2)) + "A4";
  EXPECT_EQ(with_keys({{"p256dh", point}}), ErrorKind::unprocessable);
  EXPECT_EQ(with_keys({{"auth", secret}}), ErrorKind::unprocessable);
  EXPECT_EQ(with_keys({{"p256dh", moved}, {"auth", secret}}), ErrorKind::unprocessable);
  EXPECT_EQ(with_keys({{"p256dh", secret}, {"auth", secret}}), ErrorKind::unprocessable);
  EXPECT_EQ(with_keys({{"p256dh", point}, {"auth", point}}), ErrorKind::unprocessable);
  EXPECT_EQ(with_keys({{"p256dh", point}, {"auth", ""}}), ErrorKind::unprocessable);
  EXPECT_EQ(with_keys({{"p256dh", 4}, {"auth", secret}}), ErrorKind::unprocessable);
  EXPECT_EQ(with_keys("keys"), ErrorKind::bad_request);
  EXPECT_EQ(with_keys(nullptr), ErrorKind::bad_request);
}

TEST(PushInput, NamesKindsThatThereAre) {
  const auto kinds = [](boost::json::value list) { return read_push_kinds({{"kinds", std::move(list)}}); };
  EXPECT_THAT(kinds(boost::json::array{}).value(), SizeIs(0));
  EXPECT_THAT(kinds({"storage", "clock"}).value(), ElementsAre("storage", "clock"));
  for (const boost::json::value& wrong : std::vector<boost::json::value>{
           {"silent", "rain"}, {"silent", 1}, "silent", nullptr, boost::json::object{}}) {
    EXPECT_EQ(kinds(wrong).error().kind, ErrorKind::bad_request) << wrong;
  }
  EXPECT_FALSE(read_push_kinds({}));
}

}  // namespace
}  // namespace heliograph::http
