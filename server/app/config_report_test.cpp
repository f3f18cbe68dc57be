#include "server/app/config_report.hpp"

#include <algorithm>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::app {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

std::string value_of(const Config& config, std::string_view key) {
  for (const auto& setting : effective_settings(config)) {
    if (setting.key == key) return setting.value;
  }
  return "there is no such setting";
}

TEST(ConfigReport, TellsWhatIsInForceWhetherItWasSetOrNot) {
  const Config config = parse_config(
                            "listen = \"[::1]:9090\"\n"
                            "disk_low = \"20G\"\n"
                            "[limits]\nimages_per_minute = 7\n"
                            "[tls]\ncertificate = \"/c.pem\"\nkey = \"/k.pem\"\n"
                            "[proxies]\ntrusted = [\"10.0.0.5\", \"10.1.0.0/24\"]\n",
                            "test")
                            .value();
  EXPECT_EQ(value_of(config, "listen"), "[::1]:9090");
  EXPECT_EQ(value_of(config, "disk_low"), "20.0 GiB");
  EXPECT_EQ(value_of(config, "disk_reserve"), "a fiftieth of the disk");
  EXPECT_EQ(value_of(config, "limits.images_per_minute"), "7");
  EXPECT_EQ(value_of(config, "limits.image_burst"), "60");
  EXPECT_EQ(value_of(config, "tls.key"), "/k.pem");
  EXPECT_EQ(value_of(config, "proxies.trusted"), "2 networks");
  EXPECT_EQ(value_of(config, "openid.issuer"), "none");
  EXPECT_EQ(value_of(config, "insecure_open"), "false");
  EXPECT_THAT(value_of(config, "push.services"), HasSubstr("fcm.googleapis.com, "));
}

TEST(ConfigReport, ExplainsEverySettingOnce) {
  std::vector<std::string> keys;
  for (const auto& setting : effective_settings({})) {
    EXPECT_THAT(keys, Not(Contains(setting.key)));
    EXPECT_FALSE(setting.value.empty()) << setting.key;
    EXPECT_THAT(setting.about, testing::EndsWith(".")) << setting.key;
    keys.push_back(setting.key);
  }
}

TEST(ConfigReport, TellsNoPassword) {
  struct Case {
    std::string address, shown;
  };
  for (const Case& c : {
           Case{"postgresql:///heliograph", "postgresql:///heliograph"},
           Case{"postgresql://db/heliograph", "postgresql://db/heliograph"},
           Case{"postgresql://me@db:5432/heliograph", "postgresql://me@db:5432/heliograph"},
           Case{"postgresql://me:secret@db:5432/heliograph", "postgresql://me:…@db:5432/heliograph"},
           Case{"postgresql://me:s@cret@db/heliograph?a=b@c", "postgresql://me:…@db/heliograph?a=b@c"},
           Case{"postgresql://db/h?user=me&password=secret&a=b", "postgresql://db/h?user=me&password=…&a=b"},
           Case{"postgresql://db/h?password=secret", "postgresql://db/h?password=…"},
       }) {
    EXPECT_EQ(without_password(c.address), c.shown);
  }
  Config config;
  config.database = "postgresql://me:secret@db/heliograph";
  EXPECT_THAT(value_of(config, "database"), Not(HasSubstr("secret")));
}

}  // namespace
}  // namespace heliograph::app
