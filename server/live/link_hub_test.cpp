#include "server/live/link_hub.hpp"

#include <optional>

#include <gtest/gtest.h>

namespace heliograph::live {
namespace {

constexpr CameraId orchard{1};
constexpr CameraId barn{2};

struct CountedLine final : Line {
  void wake() override { ++woken; }
  SteadyTime heard_at() const override { return heard; }

  int woken = 0;
  SteadyTime heard{std::chrono::seconds(7)};
};

TEST(LinkHub, TellsTheCamerasLinkThatThereAreOrders) {
  LinkHub hub;
  CountedLine line;
  LinkHub::Seat seat(hub, orchard, line);
  EXPECT_FALSE(seat.take_prompt());
  hub.prompt(orchard);
  hub.prompt(orchard);
  hub.prompt(barn);  // nobody hears it
  EXPECT_EQ(line.woken, 2);
  EXPECT_TRUE(seat.take_prompt()) << "once for all of them: it asks what there is";
  EXPECT_FALSE(seat.take_prompt());
}

TEST(LinkHub, GivesTheSeatToTheNewerLink) {
  LinkHub hub;
  int changes = 0;
  hub.on_change = [&changes](CameraId camera) {
    EXPECT_EQ(camera, orchard);
    ++changes;
  };
  CountedLine first;
  CountedLine second;
  second.heard += std::chrono::seconds(1);
  std::optional<LinkHub::Seat> older;
  older.emplace(hub, orchard, first);
  EXPECT_EQ(hub.heard_at(orchard), first.heard);
  LinkHub::Seat newer(hub, orchard, second);
  EXPECT_EQ(first.woken, 1);
  EXPECT_EQ(second.woken, 0);
  EXPECT_TRUE(older->taken_over());
  EXPECT_FALSE(newer.taken_over());
  older.reset();
  EXPECT_TRUE(hub.linked(orchard)) << "the older one's end is not the newer one's";
  EXPECT_EQ(hub.heard_at(orchard), second.heard);
  hub.prompt(orchard);
  EXPECT_TRUE(newer.take_prompt());
  EXPECT_EQ(changes, 2);
}

TEST(LinkHub, ForgetsALinkThatEnds) {
  LinkHub hub;
  CountedLine line;
  {
    const LinkHub::Seat seat(hub, orchard, line);
    EXPECT_TRUE(hub.linked(orchard));
    EXPECT_EQ(hub.size(), 1U);
    EXPECT_EQ(hub.cameras(), std::vector{orchard});
  }
  EXPECT_FALSE(hub.linked(orchard));
  EXPECT_TRUE(hub.cameras().empty());
  EXPECT_EQ(hub.heard_at(orchard), std::nullopt);
  hub.prompt(orchard);
  hub.wake(orchard);
}

}  // namespace
}  // namespace heliograph::live
