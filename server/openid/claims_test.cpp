#include "server/openid/id_token.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::openid {
namespace {

namespace json = boost::json;

constexpr std::int64_t now_s = 1'800'000'000;
constexpr std::int64_t leeway_s = 60;
// OpenID Connect Core, of its appendix A.3.
constexpr std::string_view access_token = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";
constexpr std::string_view its_hash = "77QmUPtjPfzWtF2AnpK9RQ";

Expected expected() {
  return {"https://id.example", "camera-cloud", "nonce", access_token, from_ms(now_s * 1000)};
}
json::object good() {
  return {{"iss", "https://id.example"}, {"sub", "24400320"}, {"aud", "camera-cloud"}, {"nonce", "nonce"},
          {"exp", now_s + 300},          {"iat", now_s - 1}};
}
bool is_taken(const json::object& claims) {
  return read_claims(serialize(claims), expected()).has_value();
}
bool is_taken_with(std::string_view name, json::value value) {
  auto claims = good();
  claims[name] = std::move(value);
  return is_taken(claims);
}

TEST(Claims, SayWhoItIs) {
  EXPECT_EQ(read_claims(serialize(good()), expected()).value(),
            (Identity{"https://id.example", "24400320", "24400320"}));
}

TEST(Claims, AllThatIsNeededIsThere) {
  for (const char* name : {"iss", "sub", "aud", "nonce", "exp", "iat"}) {
    auto claims = good();
    claims.erase(name);
    EXPECT_FALSE(is_taken(claims)) << name;
    for (const json::value& other : {json::value(nullptr), json::value(true), json::value(json::object())}) {
      EXPECT_FALSE(is_taken_with(name, other)) << name;
    }
  }
}

TEST(Claims, AreOfTheIssuerExactly) {
  for (const char* other : {"https://id.example/", "https://evil.example", "HTTPS://id.example", ""}) {
    EXPECT_FALSE(is_taken_with("iss", other)) << other;
  }
}

TEST(Claims, AreForUs) {
  const struct {
    json::value aud;
    json::value azp;
    bool taken;
  } cases[] = {{"camera-cloud", nullptr, true},
               {json::array{"camera-cloud"}, nullptr, true},
               {json::array{"camera-cloud"}, "camera-cloud", true},
               {json::array{"other", "camera-cloud"}, "camera-cloud", true},
               {json::array{"other", "camera-cloud"}, nullptr, false},
               {json::array{"other", "camera-cloud"}, "other", false},
               {"camera-cloud", "other", false},
               {"other", "camera-cloud", false},
               {json::array{"other"}, nullptr, false},
               {json::array{}, nullptr, false},
               {json::array{1}, nullptr, false},
               {"camera-cloud2", nullptr, false}};
  for (const auto& c : cases) {
    auto claims = good();
    claims["aud"] = c.aud;
    if (c.azp.is_string()) claims["azp"] = c.azp;
    EXPECT_EQ(is_taken(claims), c.taken) << serialize(claims);
  }
}

TEST(Claims, HoldNow) {
  const struct {
    const char* name;
    json::value value;
    bool taken;
  } cases[] = {{"exp", now_s + 1, true},
               {"exp", now_s - leeway_s + 1, true},
               {"exp", now_s - leeway_s, false},
               {"exp", now_s - 3600, false},
               {"exp", static_cast<double>(now_s) + 0.5, true},
               {"exp", 1e300, false},
               {"exp", -1, false},
               {"exp", "1900000000", false},
               {"iat", now_s + leeway_s, true},
               {"iat", now_s + leeway_s + 1, false},
               {"iat", std::uint64_t{1} << 63, false},
               {"nbf", now_s, true},
               {"nbf", now_s + leeway_s, true},
               {"nbf", now_s + leeway_s + 1, false},
               {"nbf", "now", false}};
  for (const auto& c : cases) {
    EXPECT_EQ(is_taken_with(c.name, c.value), c.taken) << c.name << ' ' << serialize(c.value);
  }
}

TEST(Claims, AreOfThisSignIn) {
  EXPECT_FALSE(is_taken_with("nonce", "other"));
  EXPECT_FALSE(is_taken_with("nonce", ""));
  Expected none = expected();
  none.nonce = "";
  auto claims = good();
  claims["nonce"] = "";
  EXPECT_FALSE(read_claims(serialize(claims), none)) << "nothing is not a nonce";
}

TEST(Claims, BelongToTheAccessToken) {
  EXPECT_TRUE(is_taken_with("at_hash", json::string(its_hash)));
  EXPECT_FALSE(is_taken_with("at_hash", "77QmUPtjPfzWtF2AnpK9RR"));
  EXPECT_FALSE(is_taken_with("at_hash", 1));
}

TEST(Claims, NameASubjectThatCanBeKept) {
  EXPECT_TRUE(is_taken_with("sub", json::string(255, 's')));
  EXPECT_FALSE(is_taken_with("sub", json::string(256, 's')));
  EXPECT_FALSE(is_taken_with("sub", ""));
  EXPECT_FALSE(is_taken_with("sub", json::string("a\0b", 3)));
  EXPECT_FALSE(is_taken_with("sub", 24400320));
}

TEST(Claims, NameALabel) {
  const auto label = [](json::object more) {
    auto claims = good();
    for (auto& member : more) claims[member.key()] = member.value();
    return read_claims(serialize(claims), expected()).value().label;
  };
  EXPECT_EQ(label({{"preferred_username", "jo"}, {"email", "jo@farm.example"}}), "jo");
  EXPECT_EQ(label({{"preferred_username", ""}, {"email", "jo@farm.example"}, {"name", "Jo"}}),
            "jo@farm.example");
  EXPECT_EQ(label({{"name", "Jo\nJoe"}}), "Jo Joe");
  EXPECT_LE(label({{"name", json::string(1000, 'x')}}).size(), 128U);
}

TEST(Claims, AreAnObject) {
  for (const char* text : {"", "[]", "{", "null", "\xff"})
    EXPECT_FALSE(read_claims(text, expected())) << text;
}

TEST(Sha256Text, IsTheChallengeOfRfc7636) {
  EXPECT_EQ(sha256_text("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

}  // namespace
}  // namespace heliograph::openid
