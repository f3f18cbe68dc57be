// What is asked of the provider, when, and what of its answers is believed. tests/test_openid.py asks a real
// one.
#include "server/openid/openid.hpp"

#include "server/openid/test_support.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::openid {
namespace {

namespace json = boost::json;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

constexpr std::string_view redirect_uri = "https://photos.example/api/v1/openid/callback";

class ProviderTest : public testing::Test {
 protected:
  ProviderTest() {
    claims_ = {{"iss", "https://id.example"}, {"sub", "24400320"},    {"aud", "camera-cloud"},
               {"nonce", attempt_.nonce},     {"exp", 1'900'000'000}, {"iat", 1'700'000'000}};
    metadata_ = {{"issuer", "https://id.example"},
                 {"authorization_endpoint", "https://id.example/auth"},
                 {"token_endpoint", "https://id.example/token"},
                 {"jwks_uri", "https://id.example/jwks"}};
  }

  static const SigningKey& key(int number) {
    static const SigningKey keys[] = {SigningKey::ec(CJOSE_JWK_EC_P_256), SigningKey::ec(CJOSE_JWK_EC_P_256)};
    return keys[number];
  }

  Result<outbound::HttpAnswer> answer(const outbound::HttpRequest& request) {
    asked_.push_back(request.method + ' ' +
                     request.url.substr(std::string_view("https://id.example").size()));
    last_ = request;
    if (gone_) return Error{ErrorKind::unavailable, "gone"};
    if (request.url.ends_with("openid-configuration"))
      return outbound::HttpAnswer{200, {}, serialize(metadata_)};
    if (request.url.ends_with("/jwks")) {
      json::value published = json::parse(key(published_).published(kid(published_)).json);
      published.as_object()["kid"] = kid(published_);
      const json::object set{{"keys", json::array{published}}};
      return outbound::HttpAnswer{200, {}, serialize(set)};
    }
    if (refusal_) return *refusal_;
    const std::string token = key(signs_).sign("ES256", kid(signs_).c_str(), serialize(claims_));
    return outbound::HttpAnswer{200, {}, serialize(json::object{{"id_token", token}, {"access_token", "x"}})};
  }
  static std::string kid(int number) { return std::to_string(number); }

  Result<Identity> identify(const Returned& returned = {"code", std::nullopt}) {
    return provider_.identify(attempt_, returned, redirect_uri);
  }
  void next_attempt() {
    attempt_ = make_attempt();
    claims_["nonce"] = attempt_.nonce;
  }
  std::vector<std::string> asked() { return std::exchange(asked_, {}); }

  ManualClock clock_{from_ms(1'800'000'000'000)};
  Attempt attempt_ = make_attempt();
  json::object claims_;
  json::object metadata_;
  int signs_ = 0;
  int published_ = 0;
  bool gone_ = false;
  std::optional<outbound::HttpAnswer> refusal_;
  std::vector<std::string> asked_;
  outbound::HttpRequest last_;
  Provider provider_{{"https://id.example", "camera-cloud", "s:cret", "openid email"},
                     [this](const outbound::HttpRequest& request) { return answer(request); },
                     clock_};
};

TEST_F(ProviderTest, TheBrowserGoesWithAChallengeAndWithoutSecrets) {
  const std::string url = provider_.authorization_url(attempt_, redirect_uri).value();
  EXPECT_THAT(url, StartsWith("https://id.example/auth?response_type=code&client_id=camera-cloud&"));
  EXPECT_THAT(url, HasSubstr("&redirect_uri=https%3A%2F%2Fphotos.example%2Fapi%2Fv1%2Fopenid%2Fcallback&"));
  EXPECT_THAT(url, HasSubstr("&scope=openid%20email&state=" + attempt_.state + "&nonce=" + attempt_.nonce));
  EXPECT_THAT(url, HasSubstr("&code_challenge=" + sha256_text(attempt_.verifier)));
  EXPECT_THAT(url, HasSubstr("&code_challenge_method=S256"));
  EXPECT_THAT(url, testing::Not(HasSubstr(attempt_.verifier)));
  EXPECT_THAT(url, testing::Not(HasSubstr("cret")));
}

TEST_F(ProviderTest, AttemptsAreUnlikeEachOther) {
  const Attempt other = make_attempt();
  EXPECT_NE(attempt_.state, other.state);
  EXPECT_NE(attempt_.nonce, other.nonce);
  EXPECT_NE(attempt_.verifier, other.verifier);
  EXPECT_NE(attempt_.state, attempt_.nonce);
  EXPECT_GE(attempt_.verifier.size(), 43U);
}

TEST_F(ProviderTest, ExchangesTheCodeWithTheVerifier) {
  EXPECT_EQ(identify({"c&de", std::nullopt}).value().subject, "24400320");
  EXPECT_THAT(asked(), ElementsAre("GET /.well-known/openid-configuration", "POST /token", "GET /jwks"));
}

TEST_F(ProviderTest, ShowsTheSecretAsTheProviderWantsIt) {
  refusal_ = outbound::HttpAnswer{400, {}, R"({"error":"invalid_grant"})"};
  EXPECT_EQ(identify({"c&de", std::nullopt}).error().kind, ErrorKind::unauthorized);
  EXPECT_EQ(last_.body,
            "grant_type=authorization_code&code=c%26de&redirect_uri="
            "https%3A%2F%2Fphotos.example%2Fapi%2Fv1%2Fopenid%2Fcallback&code_verifier=" +
                attempt_.verifier);
  // camera-cloud:s%3Acret
  EXPECT_THAT(last_.headers,
              testing::Contains(testing::Pair("Authorization", "Basic Y2FtZXJhLWNsb3VkOnMlM0FjcmV0")));

  metadata_["token_endpoint_auth_methods_supported"] = json::array{"client_secret_post"};
  clock_.advance(kept_for);
  EXPECT_FALSE(identify());
  EXPECT_THAT(last_.body, testing::EndsWith("&client_id=camera-cloud&client_secret=s%3Acret"));
}

TEST_F(ProviderTest, IsAskedForItsMetadataAndKeysOnceAnHour) {
  identify().value();
  asked();
  next_attempt();
  clock_.advance(kept_for - seconds{1});
  identify().value();
  EXPECT_THAT(asked(), ElementsAre("POST /token"));
  next_attempt();
  clock_.advance(seconds{1});
  identify().value();
  EXPECT_THAT(asked(), ElementsAre("GET /.well-known/openid-configuration", "POST /token", "GET /jwks"));
}

TEST_F(ProviderTest, ThatIsGoneIsAskedAgainAfterAWhile) {
  gone_ = true;
  EXPECT_EQ(identify().error().kind, ErrorKind::unavailable);
  EXPECT_EQ(provider_.authorization_url(attempt_, redirect_uri).error().kind, ErrorKind::unavailable);
  EXPECT_EQ(asked().size(), 1U);
  gone_ = false;
  clock_.advance(rest_between_asking);
  EXPECT_TRUE(identify());
}

TEST_F(ProviderTest, ChangesItsKeys) {
  identify().value();
  signs_ = published_ = 1;
  next_attempt();
  clock_.advance(rest_between_asking);
  asked();
  EXPECT_EQ(identify().value().subject, "24400320");
  EXPECT_THAT(asked(), ElementsAre("POST /token", "GET /jwks"));
}

TEST_F(ProviderTest, IsNotAskedForKeysByEachTokenOfAnUnknownOne) {
  identify().value();
  signs_ = 1;
  asked();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(identify().error().kind, ErrorKind::unprocessable);
  EXPECT_THAT(asked(), ElementsAre("POST /token", "POST /token", "POST /token"));
  clock_.advance(rest_between_asking);
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(identify());
  EXPECT_THAT(asked(), ElementsAre("POST /token", "GET /jwks", "POST /token", "POST /token"));
}

TEST_F(ProviderTest, MixedUpWithAnotherIsNotSentTheCode) {
  EXPECT_EQ(identify({"code", "https://evil.example"}).error().kind, ErrorKind::unprocessable);
  EXPECT_THAT(asked(), ElementsAre("GET /.well-known/openid-configuration"));
  EXPECT_TRUE(identify({"code", "https://id.example"}));
}

TEST_F(ProviderTest, ThatNamesItselfAlwaysDoes) {
  metadata_["authorization_response_iss_parameter_supported"] = true;
  EXPECT_EQ(identify().error().kind, ErrorKind::unprocessable);
  EXPECT_TRUE(identify({"code", "https://id.example"}));
}

TEST_F(ProviderTest, GivesNoSignInTwice) {
  identify().value();
  EXPECT_THAT(identify().error().detail, HasSubstr("used already"));
  clock_.advance(attempt_life);
  EXPECT_FALSE(identify());
}

TEST_F(ProviderTest, IsNotBelievedWhateverItSigns) {
  claims_["aud"] = "other";
  EXPECT_EQ(identify().error().kind, ErrorKind::unprocessable);
  EXPECT_THAT(identify().error().detail, HasSubstr("another client"));
}

TEST_F(ProviderTest, TellsWhatIsWrongWithTheConfiguration) {
  refusal_ = outbound::HttpAnswer{401, {}, R"({"error":"invalid_client"})"};
  EXPECT_EQ(identify().error().kind, ErrorKind::internal);
  EXPECT_THAT(identify().error().detail, HasSubstr("invalid_client"));
  refusal_ = outbound::HttpAnswer{502, {}, "<html>"};
  EXPECT_EQ(identify().error().kind, ErrorKind::unavailable);
}

}  // namespace
}  // namespace heliograph::openid
