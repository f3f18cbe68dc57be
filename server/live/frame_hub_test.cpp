#include "server/live/frame_hub.hpp"

#include <optional>

#include <gtest/gtest.h>

namespace heliograph::live {
namespace {

using namespace std::chrono_literals;

constexpr CameraId orchard{1};
constexpr CameraId barn{2};

struct Hub : testing::Test {
  ManualClock clock{from_ms(1'795'359'662'123)};
  FrameHub hub{clock};

  static Frame frame(std::uint32_t sequence) {
    protocol::FrameHeader header;
    header.sequence = sequence;
    return {header, std::string(protocol::frame_header_size, 'h') + "jpeg", {}};
  }
};

TEST_F(Hub, GivesEachWatcherTheNewestAndSaysWhatItMissed) {
  auto quick = hub.watch(orchard, {5, 0}, [] {});
  auto slow = hub.watch(orchard, {5, 0}, [] {});
  EXPECT_EQ(slow.next(), nullptr);
  for (std::uint32_t i = 0; i < 4; ++i) {
    hub.publish(orchard, frame(i));
    ASSERT_NE(quick.next(), nullptr);
  }
  const auto newest = slow.next();
  ASSERT_NE(newest, nullptr);
  EXPECT_EQ(newest->header.sequence, 3U);
  EXPECT_EQ(newest->jpeg(), "jpeg");
  EXPECT_EQ(slow.missed(), 3U);
  EXPECT_EQ(quick.missed(), 0U);
  EXPECT_EQ(slow.next(), nullptr);
}

TEST_F(Hub, SharesOneFrame) {
  auto one = hub.watch(orchard, {}, [] {});
  auto other = hub.watch(orchard, {}, [] {});
  hub.publish(orchard, frame(1));
  EXPECT_EQ(one.next(), other.next());
}

TEST_F(Hub, KeepsThoseThatWereSeenJustNow) {
  const auto watch = hub.watch(orchard, {}, [] {});
  for (std::uint32_t i = 0; i <= max_kept_frames; ++i) hub.publish(orchard, frame(i));
  EXPECT_EQ(hub.find(orchard, name_of(frame(0))), nullptr);
  const auto oldest = hub.find(orchard, name_of(frame(1)));
  ASSERT_NE(oldest, nullptr);
  EXPECT_EQ(oldest->header.sequence, 1U);
  EXPECT_EQ(hub.find(orchard, name_of(frame(max_kept_frames))), hub.newest(orchard));
  EXPECT_EQ(hub.find(barn, name_of(frame(1))), nullptr);
  EXPECT_EQ(hub.find(orchard, ""), nullptr);
}

TEST_F(Hub, KeepsNoMoreBytesThanTheLargestFrameHas) {
  const auto watch = hub.watch(orchard, {}, [] {});
  const auto large = [](std::uint32_t sequence, std::size_t bytes) {
    Frame frame = Hub::frame(sequence);
    frame.message.resize(bytes, 'x');
    return frame;
  };
  hub.publish(orchard, large(0, max_kept_bytes / 2));
  hub.publish(orchard, large(1, max_kept_bytes / 2));
  EXPECT_NE(hub.find(orchard, name_of(frame(0))), nullptr);
  hub.publish(orchard, large(2, max_kept_bytes + protocol::frame_header_size));
  EXPECT_EQ(hub.find(orchard, name_of(frame(1))), nullptr);
  EXPECT_NE(hub.find(orchard, name_of(frame(2))), nullptr) << "the newest, however large";
}

TEST_F(Hub, NamesAFrameByWhatItWasAndItsBytes) {
  Frame one = frame(0x2a);
  one.header.stream = 7;
  one.header.crc = 0x12345678;
  EXPECT_EQ(name_of(one), "7-2a-12345678");
}

TEST_F(Hub, GivesASourcesPlaceToANewerOne) {
  int woken = 0;
  const auto watch = hub.watch(orchard, {}, [&woken] { ++woken; });
  EXPECT_FALSE(hub.has_source(orchard));
  std::optional<FrameHub::Source> older(std::in_place, hub, orchard);
  EXPECT_TRUE(hub.has_source(orchard));
  EXPECT_FALSE(hub.has_source(barn));
  {
    const FrameHub::Source newer(hub, orchard);
    EXPECT_TRUE(older->taken_over());
    EXPECT_FALSE(newer.taken_over());
    older.reset();
    EXPECT_TRUE(hub.has_source(orchard)) << "the one that was overtaken takes nothing along";
  }
  EXPECT_FALSE(hub.has_source(orchard));
  EXPECT_EQ(woken, 3) << "each time that watchers may see another state";
}

TEST_F(Hub, WakesTheWatchersOfThatCamera) {
  int woken = 0;
  const auto watch = hub.watch(orchard, {}, [&woken] { ++woken; });
  const auto elsewhere = hub.watch(barn, {}, [] { FAIL(); });
  hub.publish(orchard, frame(1));
  hub.publish(orchard, frame(2));
  hub.rouse(orchard);
  EXPECT_EQ(woken, 3);
}

TEST_F(Hub, WantsTheMostThatAnyWatcherDoes) {
  std::vector<CameraId> changed;
  hub.on_demand = [&changed](CameraId camera) { changed.push_back(camera); };
  EXPECT_EQ(hub.demand(orchard).watchers, 0U);
  std::optional<FrameHub::Watch> wide(hub.watch(orchard, {2, 1600}, [] {}));
  const auto fast = hub.watch(orchard, {10, 320}, [] {});
  EXPECT_EQ(hub.demand(orchard).watchers, 2U);
  EXPECT_EQ(hub.demand(orchard).wants, (Wants{10, 1600}));
  clock.advance(1s);
  wide.reset();
  EXPECT_EQ(hub.demand(orchard).wants, (Wants{10, 320}));
  EXPECT_EQ(hub.demand(orchard).left_at, clock.steady());
  EXPECT_EQ(changed.size(), 3U);
}

TEST_F(Hub, ForgetsAChannelSomeTimeAfterItsLastWatcher) {
  {
    auto watch = hub.watch(orchard, {}, [] {});
    hub.publish(orchard, frame(7));
    clock.advance(1h);
    hub.sweep();
    EXPECT_EQ(hub.watchers(), 1U);
  }
  hub.sweep();
  ASSERT_NE(hub.newest(orchard), nullptr) << "whoever comes back at once finds it";
  clock.advance(linger_time);
  hub.sweep();
  EXPECT_EQ(hub.channels(), 0U);
  EXPECT_EQ(hub.newest(orchard), nullptr);
  hub.publish(orchard, frame(8));
  EXPECT_EQ(hub.channels(), 0U) << "what comes late is not kept";
}

TEST_F(Hub, LetsAWatchBeMoved) {
  int woken = 0;
  std::optional<FrameHub::Watch> first(hub.watch(orchard, {}, [&woken] { ++woken; }));
  FrameHub::Watch second(std::move(*first));
  first.reset();
  hub.publish(orchard, frame(1));
  EXPECT_EQ(woken, 1);
  EXPECT_NE(second.next(), nullptr);
  EXPECT_EQ(hub.watchers(), 1U);
}

}  // namespace
}  // namespace heliograph::live
