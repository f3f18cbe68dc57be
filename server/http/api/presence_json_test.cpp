#include "server/http/api/presence_json.hpp"

#include <gtest/gtest.h>

namespace heliograph::http {
namespace {

using namespace std::chrono_literals;
using cameras::CameraPresence;
using cameras::Presence;

constexpr CameraId orchard{1};
constexpr Timestamp noon = from_ms(1'795'348'800'000);

struct HeardLine final : live::Line {
  void wake() override {}
  SteadyTime heard_at() const override { return heard; }

  SteadyTime heard;
};

TEST(PresenceOfALink, IsThatItsLastByteWasHeard) {
  ManualClock clock(noon);
  live::LinkHub links;
  HeardLine line;
  line.heard = clock.steady();
  clock.advance(30s);
  CameraPresence said{orchard, noon - 4min, {Presence::late, noon - 1min}};
  EXPECT_EQ(with_link(said, links, clock).found.presence, Presence::late);
  EXPECT_EQ(with_link(said, links, clock).heard_at, noon - 4min);

  const live::LinkHub::Seat seat(links, orchard, line);
  const CameraPresence linked = with_link(said, links, clock);
  EXPECT_EQ(linked.found.presence, Presence::online);
  EXPECT_EQ(linked.found.due_at, std::nullopt);
  EXPECT_EQ(linked.heard_at, noon);
  said.heard_at = noon + 20s;  // its picture came by another way
  EXPECT_EQ(with_link(said, links, clock).heard_at, noon + 20s);
  said.heard_at.reset();
  EXPECT_EQ(with_link(said, links, clock).heard_at, noon);
}

}  // namespace
}  // namespace heliograph::http
