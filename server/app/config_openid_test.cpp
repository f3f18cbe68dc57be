#include "server/app/config_openid.hpp"

#include "server/app/config.hpp"
#include "tests/support/temporary_directory.hpp"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::app {
namespace {

using testing::HasSubstr;

const std::string least =
    "[openid]\nissuer = \"https://id.example.org/realms/farm\"\nclient_id = \"heliograph\"\n";

std::string refusal(const std::string& text) {
  const auto config = parse_config(text, "f.toml");
  EXPECT_FALSE(config) << text;
  return config ? "" : config.error().detail;
}

TEST(OpenIdTable, NeedsLittle) {
  const auto openid = parse_config(least, "f.toml").value().openid.value();
  EXPECT_EQ(openid, (OpenIdConfig{"https://id.example.org/realms/farm", "heliograph", "", "id.example.org",
                                  "", "openid profile email", ""}));
  EXPECT_FALSE(parse_config("", "f.toml").value().openid);
}

TEST(OpenIdTable, IsReadWhole) {
  const auto openid =
      parse_config(least +
                       "client_secret_file = \"/s\"\nname = \"Farm\"\nca_file = \"/ca.pem\"\n"
                       "scopes = \"openid email\"\naddress = \"https://photos.example.org\"\n",
                   "f.toml")
          .value()
          .openid.value();
  EXPECT_EQ(openid, (OpenIdConfig{"https://id.example.org/realms/farm", "heliograph", "/s", "Farm", "/ca.pem",
                                  "openid email", "https://photos.example.org"}));
}

TEST(OpenIdTable, SaysWhatIsWrongAndWhere) {
  EXPECT_THAT(refusal("openid = 1"), HasSubstr("must be a table"));
  EXPECT_THAT(refusal("[openid]\nissuer = \"https://a.example\""),
              HasSubstr("needs `issuer` and `client_id`"));
  EXPECT_THAT(refusal(least + "client_secret = \"x\""), HasSubstr("no setting `openid.client_secret`"));
  EXPECT_THAT(refusal(least + "client_secret_fil = \"x\""),
              HasSubstr("did you mean `openid.client_secret_file`"));
  EXPECT_THAT(refusal(least + "name = \"\""), HasSubstr("f.toml:4: `openid.name` is empty"));
  EXPECT_THAT(refusal(least + "name = 1"), HasSubstr("f.toml:4: `name` must be a text"));
  EXPECT_THAT(refusal(least + "scopes = \"email openids\""), HasSubstr("must hold `openid`"));
  EXPECT_THAT(refusal("[openid]\nclient_id = \"x\"\nissuer = \"http://id.example.org\""),
              HasSubstr("f.toml:3: an issuer is an address like"));
  for (const char* address :
       {"photos.example.org", "http://photos.example.org", "https://a.example/x", "https://a.example/"}) {
    EXPECT_THAT(refusal(least + "address = \"" + address + "\""),
                HasSubstr("where people reach this server"));
  }
}

class SecretFile : public testing::Test {
 protected:
  Result<openid::Client> client(std::string_view secret) {
    const auto file = directory_.write("secret", secret);
    return openid_client({"https://a.example", "x", file});
  }

  const TemporaryDirectory directory_;
};

TEST_F(SecretFile, HoldsOneLine) {
  EXPECT_EQ(client("s3cret\n").value().client_secret, "s3cret");
  EXPECT_EQ(client("s3 cret").value().client_secret, "s3 cret");
  for (const std::string& bad :
       {std::string(), std::string("\n"), std::string("a\nb\n"), std::string(max_client_secret + 1, 'x')}) {
    const auto refused = client(bad);
    ASSERT_FALSE(refused) << bad;
    EXPECT_EQ(refused.error().kind, ErrorKind::bad_request);
  }
}

TEST_F(SecretFile, ThatIsMissingIsNamed) {
  const auto refused = openid_client({"https://a.example", "x", directory_.path() / "none"});
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().detail, HasSubstr("none cannot be read"));
  OpenIdConfig config{"https://a.example", "x"};
  EXPECT_EQ(openid_client(config).value().client_secret, "") << "a public client";
  config.ca_file = directory_.path() / "no-ca";
  EXPECT_THAT(openid_client(config).error().detail, HasSubstr("openid.ca_file"));
}

}  // namespace
}  // namespace heliograph::app
