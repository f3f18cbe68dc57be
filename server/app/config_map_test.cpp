#include "server/app/config_map.hpp"

#include "server/app/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::app {
namespace {

using testing::HasSubstr;

TEST(MapTable, AsksNobodyForTilesUnlessItSaysWhom) {
  const auto config = parse_config("", "f.toml");
  ASSERT_TRUE(config);
  EXPECT_EQ(config->map.url, "");
  EXPECT_EQ(config->map.origin, "");
}

TEST(MapTable, TellsWhosePicturesThePageMayShow) {
  const auto config = parse_config(
      "[map]\ntiles = \"https://tiles.example.org:8443/osm/{z}/{x}/{y}.png\"\ncredit = \"OpenStreetMap\"\n",
      "f.toml");
  ASSERT_TRUE(config) << config.error().detail;
  EXPECT_EQ(config->map.url, "https://tiles.example.org:8443/osm/{z}/{x}/{y}.png");
  EXPECT_EQ(config->map.credit, "OpenStreetMap");
  EXPECT_EQ(config->map.origin, "https://tiles.example.org:8443");
  const auto own = parse_config("[map]\ntiles = \"/tiles/{z}/{x}/{y}.png\"\n", "f.toml");
  ASSERT_TRUE(own) << own.error().detail;
  EXPECT_EQ(own->map.origin, "");
}

TEST(MapTable, RefusesWhatIsNoAddressOfTiles) {
  for (const char* tiles :
       {"", "tiles", "//elsewhere/{z}/{x}/{y}", "https:///{z}/{x}/{y}", "https://a.org",
        "https://a.org/{z}/{x}", "ftp://a.org/{z}/{x}/{y}", "https://a.org; script-src */{z}/{x}/{y}",
        "https://{s}.a.org/{z}/{x}/{y}", "https://a.org, b.org/{z}/{x}/{y}"}) {
    const auto config = parse_config("[map]\ntiles = \"" + std::string(tiles) + "\"\n", "f.toml");
    ASSERT_FALSE(config) << tiles;
    EXPECT_THAT(config.error().detail, HasSubstr("f.toml:2: `map.tiles` is an address like")) << tiles;
  }
  EXPECT_THAT(parse_config("[map]\n", "f.toml").error().detail, HasSubstr("[map] needs `tiles`"));
  EXPECT_THAT(parse_config("map = 1\n", "f.toml").error().detail, HasSubstr("must be a table"));
  EXPECT_THAT(parse_config("[map]\ntile = \"\"\n", "f.toml").error().detail, HasSubstr("`map.tiles`"));
}

}  // namespace
}  // namespace heliograph::app
