#include "server/openid/id_token.hpp"
#include "server/openid/test_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::openid {
namespace {

using testing::HasSubstr;

constexpr std::string_view claims = R"({"sub":"24400320"})";

// Made once: an RSA key takes a tenth of a second.
const SigningKey& rsa() {
  static const SigningKey key = SigningKey::rsa(2048);
  return key;
}
const SigningKey& ec() {
  static const SigningKey key = SigningKey::ec(CJOSE_JWK_EC_P_256);
  return key;
}
std::vector<Key> published() {
  return {ec().published("e"), rsa().published("r")};
}
Error refusal(std::string_view token, const std::vector<Key>& keys = published()) {
  const auto verified = verify_signature(token, keys);
  EXPECT_FALSE(verified) << token;
  return verified ? Error{} : verified.error();
}

TEST(Signature, OfThePublishedKeysIsBelieved) {
  const std::pair<const char*, const SigningKey*> algorithms[] = {
      {"RS256", &rsa()}, {"PS256", &rsa()}, {"ES256", &ec()}};
  for (const auto& [alg, key] : algorithms) {
    const auto verified = verify_signature(key->sign(alg, key == &rsa() ? "r" : "e", claims), published());
    ASSERT_TRUE(verified) << alg << ": " << verified.error().detail;
    EXPECT_EQ(*verified, claims);
  }
}

TEST(Signature, ThatIsNoneIsRefused) {
  for (const char* header : {R"({"alg":"none"})", R"({"alg":"None"})", R"({"alg":"none","kid":"r"})", "{}",
                             R"({"alg":null})", R"({"alg":["RS256"]})"}) {
    EXPECT_EQ(refusal(unsigned_token(header, claims)).kind, ErrorKind::unprocessable) << header;
  }
}

TEST(Signature, ByAPublicKeyTakenForASecretIsRefused) {
  for (const std::string& secret : {rsa().published("r").json, ec().published("e").json}) {
    for (const char* alg : {"HS256", "HS384", "HS512"}) {
      const std::string token = SigningKey::shared(secret).sign(alg, "r", claims);
      EXPECT_THAT(refusal(token).detail, HasSubstr("in a way that is not accepted"));
      // Nor when a set of keys calls it one.
      Key shared = SigningKey::shared(secret).published("r");
      shared.kty = "RSA";
      EXPECT_EQ(refusal(token, {shared}).kind, ErrorKind::unprocessable);
    }
  }
}

TEST(Signature, OfOtherAlgorithmsIsRefused) {
  EXPECT_THAT(refusal(rsa().sign("RS512", "r", claims)).detail, HasSubstr("not accepted"));
  const SigningKey longer = SigningKey::ec(CJOSE_JWK_EC_P_384);
  EXPECT_THAT(refusal(longer.sign("ES384", "x", claims), {longer.published("x")}).detail,
              HasSubstr("not accepted"));
}

TEST(Signature, OfAnotherKeyOfTheSameNameIsRefused) {
  const SigningKey other = SigningKey::rsa(2048);
  EXPECT_EQ(refusal(other.sign("RS256", "r", claims)).kind, ErrorKind::unprocessable);
}

TEST(Signature, OfAnUnknownKeyAsksForNewerOnes) {
  const SigningKey other = SigningKey::rsa(2048);
  EXPECT_EQ(refusal(other.sign("RS256", "new", claims)).kind, ErrorKind::not_found);
  EXPECT_EQ(refusal(rsa().sign("RS256", "e", claims)).kind, ErrorKind::not_found) << "a key of another kind";
  EXPECT_EQ(refusal(rsa().sign("RS256", "r", claims), {}).kind, ErrorKind::not_found);
}

TEST(Signature, IsOfTheAlgorithmThatTheKeyIsFor) {
  Key key = rsa().published("r");
  key.alg = "RS256";
  EXPECT_TRUE(verify_signature(rsa().sign("RS256", "r", claims), std::vector{key}));
  EXPECT_EQ(refusal(rsa().sign("PS256", "r", claims), {key}).kind, ErrorKind::not_found);
}

TEST(Signature, OfAShortKeyIsRefused) {
  const SigningKey shortish = SigningKey::rsa(1024);
  EXPECT_EQ(refusal(shortish.sign("RS256", "s", claims), {shortish.published("s")}).kind,
            ErrorKind::unprocessable);
}

TEST(Signature, OfChangedClaimsIsRefused) {
  const std::string token = rsa().sign("RS256", "r", claims);
  const auto first = token.find('.');
  const auto second = token.find('.', first + 1);
  const std::string other = unsigned_token("{}", R"({"sub":"24400321"})");
  const auto begin = other.find('.');
  const std::string forged =
      token.substr(0, first) + other.substr(begin, other.rfind('.') - begin) + token.substr(second);
  EXPECT_EQ(refusal(forged).kind, ErrorKind::unprocessable);
  EXPECT_EQ(refusal(token.substr(0, second + 1)).kind, ErrorKind::unprocessable) << "cut off";
}

TEST(Signature, WithWhatMustBeUnderstoodIsRefused) {
  EXPECT_THAT(refusal(rsa().sign("RS256", "r", claims, R"(["b64"])")).detail, HasSubstr("not understood"));
}

TEST(Signature, IsThatOfAToken) {
  for (const std::string& text :
       {std::string(), std::string("."), std::string(".."), std::string("a.b.c"), std::string("....."),
        std::string("e==========y.e30.e30"), std::string("e30.e30.e30="), std::string("e30.e30.e30"),
        std::string("\0..", 3)}) {
    EXPECT_EQ(refusal(text).kind, ErrorKind::unprocessable);
  }
  EXPECT_THAT(refusal(std::string(max_token_bytes + 1, 'a')).detail, HasSubstr("too long"));
}

}  // namespace
}  // namespace heliograph::openid
