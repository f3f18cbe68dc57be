#include "server/cameras/capabilities.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::cameras {
namespace {

using testing::ElementsAre;

TEST(ReadCapabilities, TakesTheListsItKnows) {
  const auto read = read_capabilities(
      R"({"commands":["capture","reboot"],"settings":[],"resolutions":"all","new":[1]})", "ov2640");
  EXPECT_EQ(read.sensor, "ov2640");
  EXPECT_THAT(read.commands.value(), ElementsAre("capture", "reboot"));
  EXPECT_TRUE(read.settings.value().empty());
  EXPECT_FALSE(read.resolutions);
}

TEST(ReadCapabilities, OfAnythingElseAreNone) {
  for (const char* text : {"", "[]", "{", R"({"commands":{}})"})
    EXPECT_FALSE(read_capabilities(text, "").commands);
  EXPECT_THAT(read_capabilities(R"({"commands":[1,"capture",null]})", "").commands.value(),
              ElementsAre("capture"));
}

TEST(Offers, EverythingWhenNothingWasTold) {
  EXPECT_TRUE(offers(std::nullopt, "capture"));
  EXPECT_TRUE(offers(std::vector<std::string>{"capture"}, "capture"));
  EXPECT_FALSE(offers(std::vector<std::string>{"capture"}, "reboot"));
}

}  // namespace
}  // namespace heliograph::cameras
