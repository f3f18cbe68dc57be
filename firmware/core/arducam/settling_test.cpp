#include "firmware/core/arducam/settling.hpp"

#include <gtest/gtest.h>

namespace heliograph::firmware::mega {
namespace {

// How many frames are thrown away before one is kept.
int discarded(Settling& settling, std::int64_t& now_ms, std::int64_t frame_ms) {
  for (int count = 0; count < 100; ++count) {
    now_ms += frame_ms;
    if (settling.keeps(now_ms)) return count;
  }
  return 100;
}

TEST(MegaSettling, WaitsForFramesAndForTime) {
  const struct {
    std::int64_t frame_ms;
    int expected;
  } table[] = {
      {1'000, 2},           // two frames at least
      {300, 2},             //
      {251, 2},             // 753 ms
      {200, 2},             // the third comes at 600 ms
      {100, 4},             // the fifth comes at 500 ms
      {66, 7},              //
      {10, max_discarded},  // faster than any sensor
      {0, max_discarded},   // a clock that stands still must not hold the picture
  };
  for (const auto& row : table) {
    Settling settling;
    std::int64_t now_ms = 7'000;
    settling.woke(now_ms);
    EXPECT_EQ(discarded(settling, now_ms, row.frame_ms), row.expected) << row.frame_ms;
    EXPECT_EQ(discarded(settling, now_ms, row.frame_ms), 0) << row.frame_ms;
  }
}

TEST(MegaSettling, ThrowsOneFrameAwayAfterAChange) {
  Settling settling;
  std::int64_t now_ms = 7'000;
  EXPECT_EQ(discarded(settling, now_ms, 100), 0);
  settling.changed();
  settling.changed();
  EXPECT_EQ(discarded(settling, now_ms, 100), 1);
  settling.woke(now_ms);
  settling.changed();  // comes on top of nothing
  EXPECT_EQ(discarded(settling, now_ms, 300), 2);
}

TEST(MegaSettling, BeginsAnewWhenItWakesAgain) {
  Settling settling;
  std::int64_t now_ms = 7'000;
  settling.woke(now_ms);
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(settling.keeps(now_ms + i));
  settling.woke(now_ms);
  EXPECT_EQ(discarded(settling, now_ms, 0), max_discarded);
}

}  // namespace
}  // namespace heliograph::firmware::mega
