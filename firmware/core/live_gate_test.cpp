#include "firmware/core/live_gate.hpp"

#include "firmware/core/platform/fake_clock.hpp"
#include "firmware/core/platform/fake_frame_source.hpp"

#include <array>
#include <string>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

struct Watched {
  CaptureStatus take() {
    Frame frame;
    return gate.capture(room.data(), room.size(), clock.now_ms + 10'000, frame);
  }
  // Pictures within so many milliseconds, each wanted at once, or a second after none was to be had.
  int taken_in(std::int64_t ms) {
    int taken = 0;
    for (const std::int64_t end_ms = clock.now_ms + ms; clock.now_ms < end_ms;) {
      source.pictures.assign(1, std::string(5'000, 'x'));
      if (take() == CaptureStatus::ok) {
        ++taken;
        clock.now_ms += 10;  // that it takes
      }
    }
    return taken;
  }

  FakeClock clock;
  FakeFrameSource source;
  LiveGate gate{source, clock};
  std::array<std::uint8_t, 10'000> room;
};

TEST(LiveGate, LetsThroughWhatMayBe) {
  const struct {
    LiveLimits limits;
    int least;
    int most;
  } table[] = {
      {{}, 990, 1010},                   // as fast as it goes
      {{2, {}, true, true}, 19, 21},     // pictures a second
      {{{}, 400, true, true}, 99, 101},  // 5 KB are 40 kbit
      {{{}, 16, true, true}, 3, 5},      // one in two and a half seconds
      {{1, 20'000, true, true}, 9, 11},  // the narrower one counts
  };
  for (const auto& row : table) {
    Watched watched;
    watched.gate.limit(row.limits);
    const int taken = watched.taken_in(10'000);
    EXPECT_GE(taken, row.least);
    EXPECT_LE(taken, row.most);
  }
}

TEST(LiveGate, KnowsWhetherSomebodyWatches) {
  Watched watched;
  EXPECT_FALSE(watched.gate.is_watched());
  watched.source.pictures.assign(1, std::string(5'000, 'x'));
  ASSERT_EQ(watched.take(), CaptureStatus::ok);
  watched.clock.now_ms += watched_for_ms - 1;
  EXPECT_TRUE(watched.gate.is_watched());
  watched.clock.now_ms += 1;
  EXPECT_FALSE(watched.gate.is_watched());

  watched.gate.limit({{}, {}, true, false});
  EXPECT_EQ(watched.take(), CaptureStatus::failed);
  EXPECT_FALSE(watched.gate.is_watched()) << "the month's data is used up: nothing is sent";
}

TEST(LiveGate, NeverHoldsALinkUpForLong) {
  Watched watched;
  watched.gate.limit({{}, 16, true, true});
  watched.taken_in(1);
  for (int i = 0; i < 5; ++i) {
    const std::int64_t before_ms = watched.clock.now_ms;
    watched.take();
    EXPECT_LE(watched.clock.now_ms - before_ms, max_live_wait_ms);
  }
}

TEST(LiveGate, SaysWhyThereIsNone) {
  Watched watched;
  watched.gate.limit({{}, {}, true, false});
  EXPECT_EQ(watched.take(), CaptureStatus::failed);
  EXPECT_EQ(watched.gate.error_text(), "the month's data is used up");
  watched.gate.limit({});
  EXPECT_EQ(watched.take(), CaptureStatus::ok);
  watched.source.connected = false;
  EXPECT_EQ(watched.take(), CaptureStatus::failed);
  EXPECT_EQ(watched.gate.error_text(), "the sensor does not answer");
}

}  // namespace
}  // namespace heliograph::firmware
