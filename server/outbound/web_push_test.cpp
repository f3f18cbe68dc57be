// What browsers and push services make of it: tests/test_push.py.
#include "server/outbound/web_push.hpp"

#include "server/base/base64.hpp"

#include <algorithm>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::outbound {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;
using testing::StartsWith;

constexpr Timestamp now = from_ms(1'795'348'800'500);

template <class Bytes>
Bytes bytes(std::string_view text) {
  const std::string decoded = from_base64url(text).value();
  Bytes read{};
  EXPECT_EQ(decoded.size(), read.size());
  std::ranges::copy(decoded, read.begin());
  return read;
}

std::string encoded(std::string_view text) {
  return base64url({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

// RFC 8291, appendix A.
const Subscriber browser{
    "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV",
    bytes<P256Point>(
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
    bytes<PushSecret>("BTBZMqHH6r4Tts7J_aSIgg")};
const PushChance chance{
    {bytes<P256Secret>("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
     bytes<P256Point>(
         "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8")},
    bytes<PushSecret>("DGv6ra1nlYgDCS1FRnbzlw")};

TEST(WebPush, EncryptsAsTheStandardShows) {
  EXPECT_EQ(encoded(encrypt_push(browser, "When I grow up, I want to be a watermelon", chance, 0).value()),
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_"
            "c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK"
            "6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");
}

TEST(WebPush, EveryMessageHasTheSameSizeAndNothingElseInCommon) {
  const PushSender sender{chance.key, "mailto:farm@example.org"};
  const auto send = [&](std::string text) {
    return push_request(browser, sender, {std::move(text), "a-silent", hours(24), true}, now);
  };
  const HttpRequest one = send("{}").value();
  EXPECT_EQ(one.body.size(), max_push_text + 103);
  EXPECT_LE(one.body.size(), 4096U) << "what push services take";
  EXPECT_EQ(send(std::string(max_push_text, 'x')).value().body.size(), one.body.size());
  EXPECT_NE(send("{}").value().body, one.body);
  EXPECT_EQ(send(std::string(max_push_text + 1, 'x')).error().kind, ErrorKind::internal);
}

TEST(WebPush, TellsTheServiceHowLongAndHowUrgent) {
  const PushSender sender{chance.key, "mailto:farm@example.org"};
  const HttpRequest request = push_request(browser, sender, {"{}", "a-silent", hours(24), true}, now).value();
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, browser.endpoint);
  EXPECT_THAT(request.headers, Contains(Pair("TTL", "86400")));
  EXPECT_THAT(request.headers, Contains(Pair("Urgency", "high")));
  EXPECT_THAT(request.headers, Contains(Pair("Content-Encoding", "aes128gcm")));
  EXPECT_THAT(push_request(browser, sender, {"{}", "x", hours(1), false}, now).value().headers,
              Contains(Pair("Urgency", "normal")));
}

TEST(WebPush, ShowsTheServiceWhatIsAboutTheSameAndNotWhatThatIs) {
  const PushSender sender{chance.key, ""};
  const auto topic_of = [&](const Subscriber& to, std::string topic) {
    const HttpRequest request =
        push_request(to, sender, {"{}", std::move(topic), hours(1), false}, now).value();
    return std::ranges::find(request.headers, "Topic", &std::pair<std::string, std::string>::first)->second;
  };
  const std::string topic = topic_of(browser, "a-silent");
  EXPECT_EQ(topic.size(), 32U);
  EXPECT_TRUE(is_base64url(topic));
  EXPECT_EQ(topic_of(browser, "a-silent"), topic);
  EXPECT_NE(topic_of(browser, "b-silent"), topic);
  Subscriber other = browser;
  other.auth.front() ^= 1;
  EXPECT_NE(topic_of(other, "a-silent"), topic);
}

TEST(WebPush, SaysForWhomItsSignatureIsGoodAndUntilWhen) {
  const std::string field =
      vapid({chance.key, "mailto:farm@example.org"}, "https://push.example.net", now).value();
  EXPECT_THAT(field, StartsWith("vapid t="));
  EXPECT_THAT(field, testing::EndsWith(", k=" + base64url(chance.key.point)));
  const std::string token = field.substr(8, field.find(',') - 8);
  const auto head_end = token.find('.');
  const auto claims_end = token.find('.', head_end + 1);
  const auto part = [&token](std::size_t from, std::size_t to) {
    return boost::json::parse(from_base64url(token.substr(from, to - from)).value());
  };
  EXPECT_EQ(part(0, head_end), (boost::json::value{{"typ", "JWT"}, {"alg", "ES256"}}));
  EXPECT_EQ(part(head_end + 1, claims_end), (boost::json::value{{"aud", "https://push.example.net"},
                                                                {"exp", 1'795'348'800 + 12 * 3600},
                                                                {"sub", "mailto:farm@example.org"}}));
  EXPECT_EQ(from_base64url(token.substr(claims_end + 1)).value().size(), 64U);
}

TEST(WebPush, KnowsTheServiceOfAnEndpoint) {
  struct Case {
    std::string_view endpoint, service, host;
  };
  for (const Case& c :
       {Case{"https://fcm.googleapis.com/fcm/send/x:y", "https://fcm.googleapis.com", "fcm.googleapis.com"},
        Case{"https://127.0.0.1:8443/p", "https://127.0.0.1:8443", "127.0.0.1"},
        Case{"https://[::1]:8443/p", "https://[::1]:8443", "[::1]"},
        Case{"https://a.org?x", "https://a.org", "a.org"}, Case{"https://a.org", "https://a.org", "a.org"},
        Case{"a.org", "", ""}}) {
    EXPECT_EQ(service_of(c.endpoint), c.service);
    EXPECT_EQ(service_host(c.endpoint), c.host);
  }
}

TEST(WebPush, UnderstandsWhatServicesAnswer) {
  using enum PushOutcome;
  struct Case {
    int status;
    PushOutcome outcome;
  };
  for (const Case& c :
       {Case{200, taken}, Case{201, taken}, Case{202, taken}, Case{301, refused}, Case{400, refused},
        Case{403, refused}, Case{404, gone}, Case{408, later}, Case{410, gone}, Case{413, refused},
        Case{429, later}, Case{500, later}, Case{503, later}}) {
    const PushAnswer answer = read_push_answer(HttpAnswer{c.status, {}, ""});
    EXPECT_EQ(answer.outcome, c.outcome) << c.status;
    EXPECT_EQ(answer.status, c.status);
    EXPECT_THAT(answer.detail, HasSubstr(std::to_string(c.status)));
  }
  EXPECT_EQ(read_push_answer(HttpAnswer{403, {}, "BadJwtToken\nmore"}).detail,
            "the push service answered 403: BadJwtToken");
}

TEST(WebPush, WaitsAsLongAsTheServiceWishes) {
  struct Case {
    std::string_view wish;
    seconds expected;
  };
  for (const Case& c : {Case{"120", seconds(120)}, Case{"-1", seconds(0)}, Case{"999999999", hours(6)},
                        Case{"soon", seconds(0)}, Case{"Sun, 22 Nov 2026 15:01:02 GMT", seconds(0)}}) {
    EXPECT_EQ(read_push_answer(HttpAnswer{429, {{"retry-after", std::string(c.wish)}}, ""}).retry_after,
              c.expected)
        << c.wish;
  }
}

TEST(WebPush, NeverTellsAnEndpoint) {
  for (const ErrorKind kind : {ErrorKind::unavailable, ErrorKind::timeout, ErrorKind::bad_request}) {
    const PushAnswer answer = read_push_answer(Error{kind, browser.endpoint + ": no route"});
    EXPECT_EQ(answer.outcome, PushOutcome::later);
    EXPECT_EQ(answer.status, std::nullopt);
    EXPECT_THAT(answer.detail, Not(HasSubstr("example.net")));
  }
}

}  // namespace
}  // namespace heliograph::outbound
