#include "server/live/link_hub.hpp"

#include <optional>

#include <gtest/gtest.h>

namespace heliograph::live {
namespace {

constexpr CameraId orchard{1};
constexpr CameraId barn{2};

TEST(LinkHub, TellsTheCamerasLinkThatThereAreOrders) {
  LinkHub hub;
  int woken = 0;
  LinkHub::Seat seat(hub, orchard, [&woken] { ++woken; });
  EXPECT_FALSE(seat.take_prompt());
  hub.prompt(orchard);
  hub.prompt(orchard);
  hub.prompt(barn);  // nobody hears it
  EXPECT_EQ(woken, 2);
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
  bool told = false;
  std::optional<LinkHub::Seat> older;
  older.emplace(hub, orchard, [&told] { told = true; });
  LinkHub::Seat newer(hub, orchard, [] {});
  EXPECT_TRUE(told);
  EXPECT_TRUE(older->taken_over());
  EXPECT_FALSE(newer.taken_over());
  older.reset();
  EXPECT_TRUE(hub.linked(orchard)) << "the older one's end is not the newer one's";
  hub.prompt(orchard);
  EXPECT_TRUE(newer.take_prompt());
  EXPECT_EQ(changes, 2);
}

TEST(LinkHub, ForgetsALinkThatEnds) {
  LinkHub hub;
  {
    const LinkHub::Seat seat(hub, orchard, [] {});
    EXPECT_TRUE(hub.linked(orchard));
    EXPECT_EQ(hub.size(), 1U);
  }
  EXPECT_FALSE(hub.linked(orchard));
  hub.prompt(orchard);
  hub.wake(orchard);
}

}  // namespace
}  // namespace heliograph::live
