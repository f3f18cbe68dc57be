#include "server/openid/metadata.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::openid {
namespace {

using testing::HasSubstr;

constexpr std::string_view issuer = "https://id.example/realms/farm";

boost::json::object good() {
  return {{"issuer", "https://id.example/realms/farm"},
          {"authorization_endpoint", "https://id.example/auth"},
          {"token_endpoint", "https://id.example/token"},
          {"jwks_uri", "https://keys.example/jwks"},
          {"authorization_response_iss_parameter_supported", true}};
}

TEST(Issuer, IsAnAddressThatNobodyOnTheWayCanAnswerFor) {
  for (const char* address : {"https://id.example", "https://id.example/", "https://id.example:8443/realms/a",
                              "http://127.0.0.1:8080", "http://localhost/x", "http://[::1]:80"}) {
    EXPECT_TRUE(check_issuer(address)) << address;
  }
  for (const char* address :
       {"", "id.example", "http://id.example", "http://127.0.0.1.example", "http://127.0.0.1.example/x",
        "http://127.0.0.1:80x/", "http://127.0.0.1@elsewhere.example", "http://localhost.example",
        "https://id.example?x", "https://id.example#x", "https://jo:pw@id.example", "https://",
        "ftp://127.0.0.1", "HTTPS://id.example", "https://id.example/ x", "javascript:alert(1)"}) {
    EXPECT_FALSE(check_issuer(address)) << address;
  }
}

TEST(Issuer, PublishesBelowItself) {
  EXPECT_EQ(metadata_url("https://id.example"), "https://id.example/.well-known/openid-configuration");
  EXPECT_EQ(metadata_url("https://id.example/a/"), "https://id.example/a/.well-known/openid-configuration");
}

TEST(Metadata, SaysWhereToGo) {
  const auto metadata = parse_metadata(serialize(good()), issuer).value();
  EXPECT_EQ(metadata.authorization_endpoint, "https://id.example/auth");
  EXPECT_EQ(metadata.token_endpoint, "https://id.example/token");
  EXPECT_EQ(metadata.jwks_uri, "https://keys.example/jwks");
  EXPECT_TRUE(metadata.secret_in_header);
  EXPECT_TRUE(metadata.names_itself);
}

TEST(Metadata, OfAnotherIssuerIsRefused) {
  for (const char* other :
       {"https://id.example/realms/farm/", "https://ID.example/realms/farm", "https://evil.example", ""}) {
    auto object = good();
    object["issuer"] = other;
    const auto refused = parse_metadata(serialize(object), issuer);
    ASSERT_FALSE(refused) << other;
    EXPECT_THAT(refused.error().detail, HasSubstr("calls itself"));
  }
  auto nameless = good();
  nameless.erase("issuer");
  EXPECT_FALSE(parse_metadata(serialize(nameless), issuer));
}

TEST(Metadata, LeadsToNoPlaceThatIsNotSafe) {
  for (const char* name : {"authorization_endpoint", "token_endpoint", "jwks_uri"}) {
    for (const char* address :
         {"http://id.example/x", "file:///etc/passwd", "/token", "javascript:alert(1)", ""}) {
      auto object = good();
      object[name] = address;
      EXPECT_FALSE(parse_metadata(serialize(object), issuer)) << name << ' ' << address;
    }
    auto object = good();
    object[name] = 1;
    EXPECT_FALSE(parse_metadata(serialize(object), issuer)) << name;
  }
}

TEST(Metadata, TellsHowTheSecretIsShown) {
  const struct {
    boost::json::array methods;
    bool in_header;
  } cases[] = {{{"client_secret_basic"}, true},
               {{"client_secret_post", "client_secret_basic"}, true},
               {{"client_secret_post"}, false},
               {{"private_key_jwt"}, true}};
  for (const auto& c : cases) {
    auto object = good();
    object["token_endpoint_auth_methods_supported"] = c.methods;
    EXPECT_EQ(parse_metadata(serialize(object), issuer).value().secret_in_header, c.in_header);
  }
}

TEST(Metadata, IsAnObject) {
  for (const char* text : {"", "[]", "null", "{", "\"x\"", "<!doctype html>"}) {
    EXPECT_EQ(parse_metadata(text, issuer).error().kind, ErrorKind::unprocessable) << text;
  }
}

TEST(Keys, AreThoseThatVerify) {
  const auto keys = parse_keys(R"({"keys":[
    {"kty":"RSA","kid":"1","use":"sig","alg":"RS256","n":"xx","e":"AQAB","x5c":["more"]},
    {"kty":"EC","kid":"2","crv":"P-256","x":"xx","y":"yy"}, {"kty":"RSA","n":"xx","e":"AQAB"},
    {"kty":"RSA"}, {"kty":"RSA","n":"xx","e":"===="}, {"kty":"EC","x":"xx","y":"yy"},
    {"kty":"EC","crv":"P-256","x":"xx"}, {"kty":"RSA","n":"x","e":"AQAB"},
    {"kty":"oct","k":"c2VjcmV0"}, {"kty":"RSA","use":"enc"}, {"kid":"x"}, 1, null]})")
                        .value();
  ASSERT_EQ(keys.size(), 3U);
  EXPECT_EQ(keys[0].kty, "RSA");
  EXPECT_EQ(keys[0].kid, "1");
  EXPECT_EQ(keys[0].alg, "RS256");
  EXPECT_EQ(boost::json::parse(keys[0].json),
            (boost::json::object{{"kty", "RSA"}, {"n", "xx"}, {"e", "AQAB"}}));
  EXPECT_EQ(keys[1].kty, "EC");
  EXPECT_EQ(keys[2].kid, std::nullopt);
}

TEST(Keys, AreAListAndNotTooLong) {
  for (const char* text : {"", "{}", R"({"keys":{}})", "[]"}) EXPECT_FALSE(parse_keys(text)) << text;
  boost::json::array many(max_keys, boost::json::object{{"kty", "RSA"}, {"n", "xx"}, {"e", "AQAB"}});
  EXPECT_EQ(parse_keys(serialize(boost::json::object{{"keys", many}})).value().size(), max_keys);
  many.emplace_back(1);
  EXPECT_FALSE(parse_keys(serialize(boost::json::object{{"keys", many}})));
}

TEST(Tokens, HoldAnIdToken) {
  const auto tokens = parse_tokens(R"({"id_token":"a.b.c","access_token":"x","expires_in":1})").value();
  EXPECT_EQ(tokens.id_token, "a.b.c");
  EXPECT_EQ(tokens.access_token, "x");
  EXPECT_EQ(parse_tokens(R"({"id_token":"a.b.c"})").value().access_token, "");
  for (const char* text : {"", "{}", R"({"id_token":1})", R"({"access_token":"x"})"}) {
    EXPECT_FALSE(parse_tokens(text)) << text;
  }
}

TEST(Refusal, IsFitForALog) {
  EXPECT_EQ(parse_refusal(R"({"error":"invalid_grant"})"), "invalid_grant");
  EXPECT_EQ(parse_refusal(R"({"error":"a\nb"})"), "a b");
  EXPECT_EQ(parse_refusal("<html>"), "");
  EXPECT_EQ(parse_refusal(R"({"error":")" + std::string(1000, 'x') + "\"}").size(), 100U);
}

}  // namespace
}  // namespace heliograph::openid
