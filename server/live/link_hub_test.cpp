#include "server/live/link_hub.hpp"

#include <optional>

#include <gtest/gtest.h>

namespace heliograph::live {
namespace {

constexpr CameraId orchard{1};
constexpr CameraId barn{2};

TEST(LinkHub, HandsMessagesToTheCamerasLink) {
  LinkHub hub;
  int woken = 0;
  LinkHub::Seat seat(hub, orchard, [&woken] { ++woken; });
  EXPECT_TRUE(hub.send(orchard, "first"));
  EXPECT_TRUE(hub.send(orchard, "second"));
  EXPECT_FALSE(hub.send(barn, "nobody hears it"));
  EXPECT_EQ(woken, 2);
  EXPECT_EQ(seat.next(), "first");
  EXPECT_EQ(seat.next(), "second");
  EXPECT_EQ(seat.next(), "");
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
  EXPECT_TRUE(hub.send(orchard, "for the newer"));
  EXPECT_EQ(newer.next(), "for the newer");
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
  EXPECT_FALSE(hub.send(orchard, "too late"));
  hub.wake(orchard);
}

TEST(LinkHub, BoundsWhatWaits) {
  LinkHub hub;
  LinkHub::Seat seat(hub, orchard, [] {});
  for (std::size_t i = 0; i < max_waiting_messages; ++i) EXPECT_TRUE(hub.send(orchard, "m"));
  EXPECT_FALSE(hub.send(orchard, "one too many"));
  seat.next();
  EXPECT_TRUE(hub.send(orchard, "there is room again"));
}

}  // namespace
}  // namespace heliograph::live
