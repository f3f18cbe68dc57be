#include "firmware/esp32/decide/settings.hpp"

#include <string>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

WifiAccess access(std::string_view name, std::string_view password) {
  return {Text<32>(name), Text<64>(password)};
}

TEST(ServerAddress, IsReadAsPeopleTypeIt) {
  struct Case {
    const char* text;
    const char* host;
    int port;
    bool tls;
    const char* path;
  };
  const Case cases[] = {
      {"photos.example.org", "photos.example.org", 443, true, ""},
      {"https://photos.example.org/", "photos.example.org", 443, true, ""},
      {"https://photos.example.org:8443/cameras/", "photos.example.org", 8443, true, "/cameras"},
      {"http://192.0.2.10", "192.0.2.10", 80, false, ""},
      {"http://192.0.2.10:8080/a/b", "192.0.2.10", 8080, false, "/a/b"},
      {"http://[2001:db8::1]:8080", "2001:db8::1", 8080, false, ""},
      {"https://[2001:db8::1]", "2001:db8::1", 443, true, ""},
  };
  for (const Case& c : cases) {
    ServerAddress address;
    ASSERT_TRUE(read_server_address(c.text, address)) << c.text;
    EXPECT_EQ(address.host.view(), c.host);
    EXPECT_EQ(address.port, c.port);
    EXPECT_EQ(address.tls, c.tls);
    EXPECT_EQ(address.base_path.view(), c.path);
  }
}

TEST(ServerAddress, WhatIsNoneChangesNothing) {
  const std::string long_host(max_host_length + 1, 'a');
  for (const std::string& text :
       {std::string(""), std::string("https://"), std::string("http://a:"), std::string("http://a:0"),
        std::string("http://a:65536"), std::string("http://a b"), std::string("http://a/x y"),
        std::string("http://a/?x"), std::string("http://[::1"), std::string("http://[::1]x"),
        std::string("http://u@h"), long_host, std::string("h\r\nX: y")}) {
    ServerAddress address;
    address.host = Text<max_host_length>("before");
    EXPECT_FALSE(read_server_address(text, address)) << text;
    EXPECT_EQ(address.host.view(), "before");
  }
}

TEST(Settings, AreInFlashAsTheyWere) {
  Settings settings;
  settings.wifi = access("Obstgarten hinten",
                         "gr\xC3\xBC"
                         "ner  apfel");
  settings.wifi_before = access("before", "");
  settings.wifi_starts = 2;
  ASSERT_TRUE(read_server_address("http://[2001:db8::1]:8080/c", settings.server));
  settings.key = Text<max_key_length>("cam_abc");
  settings.claimed = true;
  settings.apn = Text<64>("internet");
  settings.pin = Text<8>("1234");
  BoardSettingsText text;
  write_settings(settings, text);
  Settings read;
  ASSERT_TRUE(read_board_settings(text.view(), read));
  BoardSettingsText again;
  write_settings(read, again);
  EXPECT_EQ(again.view(), text.view());
  EXPECT_EQ(read.wifi.password.view(), settings.wifi.password.view());
  EXPECT_TRUE(read.claimed);
  EXPECT_EQ(read.server.host.view(), "2001:db8::1");
}

TEST(Settings, AtTheirLongestTheyFit) {
  Settings settings;
  settings.wifi = settings.wifi_before = access(std::string(32, 'n'), std::string(64, 'p'));
  settings.wifi_starts = 4'000'000'000U;
  settings.server.host = Text<max_host_length>(std::string(max_host_length, 'h'));
  settings.server.base_path = Text<max_base_path_length>("/" + std::string(max_base_path_length - 1, 'b'));
  settings.key = Text<max_key_length>(std::string(max_key_length, 'k'));
  settings.claimed = true;
  settings.apn = Text<64>(std::string(64, 'a'));
  settings.pin = Text<8>("12345678");
  BoardSettingsText text;
  write_settings(settings, text);
  EXPECT_FALSE(text.truncated());
  EXPECT_TRUE(read_board_settings(text.view(), settings));
}

TEST(Settings, OfANewerProgramAreReadAndTornOnesAreNot) {
  Settings settings;
  EXPECT_TRUE(read_board_settings("wifi garden\nwings two\n", settings));
  EXPECT_EQ(settings.wifi.name.view(), "garden");
  for (const char* text : {"wifi gar", "wifi\n", "wifi-starts x\n", "server \x01\n", "pin 123456789\n"}) {
    EXPECT_FALSE(read_board_settings(text, settings)) << text;
  }
  EXPECT_EQ(settings.wifi.name.view(), "garden");
}

TEST(Settings, WhatCanBeANetwork) {
  EXPECT_TRUE(wifi_access_valid("a", ""));
  EXPECT_TRUE(wifi_access_valid("a", "12345678"));
  EXPECT_TRUE(wifi_access_valid(std::string(32, 'a'), std::string(64, 'f')));
  EXPECT_FALSE(wifi_access_valid("", "12345678"));
  EXPECT_FALSE(wifi_access_valid(std::string(33, 'a'), "12345678"));
  EXPECT_FALSE(wifi_access_valid("a", "1234567"));
  EXPECT_FALSE(wifi_access_valid("a", std::string(65, 'f')));
  EXPECT_FALSE(wifi_access_valid("a\nb", ""));
}

TEST(Settings, ANetworkIsOnTrialWhenThereIsOneToGoBackTo) {
  Settings settings;
  propose_wifi(settings, access("first", "12345678"));
  EXPECT_TRUE(settings.wifi_before.empty());
  settings.wifi_starts = 2;
  propose_wifi(settings, access("second", "12345678"));
  propose_wifi(settings, access("third", "12345678"));
  EXPECT_EQ(settings.wifi_before.name.view(), "first");
  EXPECT_EQ(settings.wifi_starts, 0U);
  Settings kept = settings;
  keep_wifi(kept);
  EXPECT_EQ(kept.wifi.name.view(), "third");
  EXPECT_TRUE(kept.wifi_before.empty());
  revert_wifi(settings);
  EXPECT_EQ(settings.wifi.name.view(), "first");
  EXPECT_TRUE(settings.wifi_before.empty());
  revert_wifi(settings);
  EXPECT_EQ(settings.wifi.name.view(), "first");
}

}  // namespace
}  // namespace heliograph::firmware
