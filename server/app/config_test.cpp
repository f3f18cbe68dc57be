#include "server/app/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::app {
namespace {

using testing::HasSubstr;

TEST(Config, HasDefaults) {
  const auto config = parse_config("", "c.toml");
  ASSERT_TRUE(config);
  EXPECT_EQ(config->listen, (Endpoint{"127.0.0.1", 8080}));
  EXPECT_EQ(database_of(*config), "data/heliograph.sqlite");
  EXPECT_TRUE(config->anonymous_camera.empty());
  EXPECT_FALSE(config->insecure_open);
}

TEST(Config, ReadsEverySetting) {
  const auto config = parse_config(R"(
    data = "/srv/heliograph"
    listen = "[::1]:443"
    database = "postgresql://localhost/heliograph"
    anonymous_camera = "Visitors"
    insecure_open = true
    log_format = "json"
    log_level = "debug"
    disk_low = "20G"
    trash_days = 7
    disk_reserve = "512 MiB"
    [limits]
    waiting_bytes = "16M"
    connections_per_address = 100
    uploads_per_camera = 8
    images_per_minute = 6
    image_burst = 20
    [tls]
    certificate = "c.pem"
    key = "k.pem"
    http = ":80"
    acme_webroot = "proofs"
    trust_bundle = "roots.pem"
    [proxies]
    trusted = ["10.0.0.5", "2001:db8::/32"]
    proxy_protocol = true
    proxy_protocol_http = true
  )",
                                   "c.toml");
  ASSERT_TRUE(config) << config.error().detail;
  EXPECT_EQ(config->data, "/srv/heliograph");
  EXPECT_EQ(config->listen, (Endpoint{"::1", 443}));
  EXPECT_EQ(database_of(*config), "postgresql://localhost/heliograph");
  EXPECT_EQ(config->anonymous_camera, "Visitors");
  EXPECT_TRUE(config->insecure_open);
  EXPECT_EQ(config->log_format, LogFormat::json);
  EXPECT_EQ(config->log_level, LogLevel::debug);
  EXPECT_EQ(config->disk.low_bytes, 20ULL << 30U);
  EXPECT_EQ(config->disk.reserve_bytes, 512ULL << 20U);
  EXPECT_EQ(config->backlog.bytes, 16ULL << 20U);
  EXPECT_EQ(config->limits.connections_per_address, 100U);
  EXPECT_EQ(config->camera.uploads, 8U);
  EXPECT_EQ(config->camera.images_per_minute, 6U);
  EXPECT_EQ(config->camera.image_burst, 20U);
  EXPECT_EQ(config->tls->certificate, "c.pem");
  EXPECT_EQ(config->tls->key, "k.pem");
  EXPECT_EQ(config->trust_bundle, "roots.pem");
  EXPECT_TRUE(config->tls->may_come_later);
  EXPECT_EQ(config->plain_listen, (Endpoint{"0.0.0.0", 80}));
  EXPECT_EQ(config->acme_webroot, "proofs");
  ASSERT_EQ(config->trusted_proxies.size(), 2U);
  EXPECT_TRUE(config->trusted_proxies[1].contains(http::parse_address("2001:db8::5").value()));
  EXPECT_TRUE(config->proxy_protocol);
  EXPECT_TRUE(config->plain_proxy_protocol);
}

TEST(Config, MistakesAreExplainedWithTheirLine) {
  const std::pair<std::string_view, std::string_view> table[] = {
      {"\nlitsen = \"x\"", "c.toml:2: there is no setting `litsen`; did you mean `listen`?"},
      {"something_else_entirely = 1", "there is no setting `something_else_entirely`"},
      {"listen = 8080", "c.toml:1: `listen` must be a text in quotes"},
      {"listen = \"nowhere\"", "c.toml:1: an address to listen on looks like"},
      {"insecure_open = \"yes\"", "`insecure_open` must be true or false"},
      {"log_level = \"loud\"", "`log_level` must be one of debug, info, warning, error"},
      {"\ndisk_low = \"much\"", "c.toml:2: it must look like 20G"},
      {"trash_days = 0", "c.toml:1: `trash_days` must be a whole number from 1 to 36525"},
      {"tls = 1", "`tls` must be a table"},
      {"[tls]\ncertificate = \"c\"", "[tls] needs both"},
      {"[tls]\ncertificat = \"c\"", "did you mean `tls.certificate`?"},
      {"[tls]\ncertificate = \"c\"\nkey = \"k\"\nhttp = \"x:y\"",
       "c.toml:4: an address to listen on looks like"},
      {"[tls]\ncertificate = \"c\"\nkey = \"k\"\nacme_webroot = \"w\"",
       "c.toml:4: `acme_webroot` needs `http"},
      {"limits = 1", "`limits` must be a table"},
      {"[limits]\nuploads_per_camra = 1", "did you mean `limits.uploads_per_camera`?"},
      {"[limits]\nuploads_per_camera = 0",
       "c.toml:2: `uploads_per_camera` must be a whole number from 1 to 1000000"},
      {"[limits]\nimages_per_minute = -1", "`images_per_minute` must be a whole number from 0 to 1000000"},
      {"[limits]\nconnections_per_address = \"many\"", "must be a whole number from 1"},
      {"[limits]\nwaiting_bytes = \"much\"", "c.toml:2: it must look like 20G"},
      {"proxies = \"10.0.0.1\"", "`proxies` must be a table"},
      {"[proxies]\nproxy_protocol = true", "c.toml:1: [proxies] needs `trusted`"},
      {"[proxies]\ntrusted = \"10.0.0.1\"", "[proxies] needs `trusted`"},
      {"[proxies]\ntrusted = []", "[proxies] needs `trusted`"},
      {"[proxies]\ntrust = []", "did you mean `proxies.trusted`?"},
      {"[proxies]\ntrusted = [\n\"10.0.0.1\",\n\"nginx\"]",
       "c.toml:4: in `trusted` \"nginx\" is neither an address"},
      {"[proxies]\ntrusted = [1]", "c.toml:2: in `trusted` \"\" is neither"},
      {"[proxies]\ntrusted = [\"10.0.0.0/0\"]", "\"10.0.0.0/0\" is everybody"},
      {"[proxies]\ntrusted = [\"10.0.0.1\"]\nproxy_protocol = 1", "`proxy_protocol` must be true or false"},
      {"[proxies]\ntrusted = [\"10.0.0.1\"]\nproxy_protocol_http = true",
       "c.toml:3: `proxy_protocol_http` is of the"},
      {"data = ", "c.toml:1: "},
      {"data = \"a\"\ndata = \"b\"", "c.toml:2: "},
  };
  for (const auto& [text, sentence] : table) {
    const auto config = parse_config(text, "c.toml");
    ASSERT_FALSE(config) << text;
    EXPECT_EQ(config.error().kind, ErrorKind::bad_request);
    EXPECT_THAT(config.error().detail, HasSubstr(sentence));
  }
}

TEST(Config, EndpointsHaveFourForms) {
  EXPECT_EQ(parse_endpoint("10.0.0.1:80").value(), (Endpoint{"10.0.0.1", 80}));
  EXPECT_EQ(parse_endpoint("[2001:db8::1]:80").value(), (Endpoint{"2001:db8::1", 80}));
  EXPECT_EQ(parse_endpoint(":80").value(), (Endpoint{"0.0.0.0", 80}));
  EXPECT_EQ(parse_endpoint("80").value(), (Endpoint{"127.0.0.1", 80}));
  for (const char* text :
       {"", ":", "a:", "1.2.3.4:65536", "1.2.3.4:-1", "::1:80", "[]:80", "[::1:80", "1.2.3.4:8 0"}) {
    EXPECT_FALSE(parse_endpoint(text)) << text;
  }
}

TEST(Config, EndpointsAreWrittenAsTheyAreRead) {
  for (const char* text : {"127.0.0.1:80", "[::1]:80"})
    EXPECT_EQ(to_string(parse_endpoint(text).value()), text);
}

TEST(Config, WhatIsOpenToEveryoneMustBeWanted) {
  const struct {
    const char* address;
    bool insecure_open;
    bool tls;
    bool proxy;
    bool allowed;
  } table[] = {{"127.0.0.1", false, false, false, true}, {"127.3.2.1", false, false, false, true},
               {"::1", false, false, false, true},       {"0.0.0.0", false, false, false, false},
               {"::", false, false, false, false},       {"192.0.2.1", false, false, false, false},
               {"0.0.0.0", true, false, false, true},    {"0.0.0.0", false, true, false, true},
               {"0.0.0.0", false, false, true, true}};
  for (const auto& row : table) {
    Config config;
    config.listen.address = row.address;
    config.insecure_open = row.insecure_open;
    if (row.tls) config.tls.emplace();
    if (row.proxy) config.trusted_proxies.push_back(http::Network::parse("10.0.0.5").value());
    const auto checked = check_exposure(config);
    EXPECT_EQ(checked.has_value(), row.allowed) << row.address;
    if (!checked) {
      EXPECT_THAT(checked.error().detail, HasSubstr("--insecure-open"));
    }
  }
}

}  // namespace
}  // namespace heliograph::app
