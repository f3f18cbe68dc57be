#include "server/app/https_setup.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::app {
namespace {

using ::testing::HasSubstr;

TEST(HttpsSetup, TheSectionIsWhatTheConfigurationNeeds) {
  for (const char* path : {"/srv/h/https", R"(/srv/a "b" c\d/https)"}) {
    const HttpsFolder folder{path};
    const auto config = parse_config("data = \"/srv/h\"\n\n" + tls_section(folder), "c.toml");
    ASSERT_TRUE(config) << config.error().detail;
    EXPECT_EQ(config->tls->certificate, folder.certificate());
    EXPECT_TRUE(config->tls->may_come_later);
    EXPECT_EQ(config->plain_listen->port, 80);
    EXPECT_FALSE(tls_fault(*config, folder));
  }
}

TEST(HttpsSetup, SaysWhatTheConfigurationLacks) {
  const HttpsFolder folder{"/srv/h/https"};
  const std::string files =
      "certificate = \"/srv/h/https/live/heliograph/fullchain.pem\"\n"
      "key = \"/srv/h/https/live/heliograph/privkey.pem\"\n";
  const struct {
    std::string text;
    const char* fault;
  } rows[] = {
      {"", "has no [tls]"},
      {"[tls]\ncertificate = \"/etc/c.pem\"\nkey = \"/etc/k.pem\"\n", "names another certificate or key"},
      {"[tls]\n" + files, "has no `http` and `acme_webroot`"},
      {"[tls]\n" + files + "http = \":80\"\n", "has no `http` and `acme_webroot`"},
  };
  for (const auto& row : rows) {
    const auto fault = tls_fault(parse_config(row.text, "c.toml").value(), folder);
    ASSERT_TRUE(fault) << row.text;
    EXPECT_THAT(*fault, HasSubstr(row.fault));
  }
  const auto elsewhere =
      parse_config("[tls]\n" + files + "http = \":80\"\nacme_webroot = \"/srv/w\"\n", "c.toml");
  EXPECT_FALSE(tls_fault(*elsewhere, folder)) << "the webroot may be anywhere";
}

TEST(HttpsSetup, TheFolderIsBelowTheDataWhereverOneStands) {
  Config config;
  config.data = "data";
  EXPECT_EQ(https_folder(config).path, std::filesystem::current_path() / "data/https");
  config.data = "/srv/h/../g/";
  EXPECT_EQ(https_folder(config).path, "/srv/g/https");
}

}  // namespace
}  // namespace heliograph::app
