#include "firmware/core/backoff.hpp"

#include "firmware/core/platform/fake_random.hpp"

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

TEST(Backoff, DrawsFromABoundThatDoublesUpToFiveMinutes) {
  struct Largest final : Random {
    std::uint32_t next() override { return draws++ == 0 ? 1'000 : 0xFFFFFFFF; }
    int draws = 0;
  };
  Largest random;
  Backoff backoff(random);
  EXPECT_EQ(backoff.next_ms(), 1'000);
  for (int i = 0; i < 100; ++i) {
    const std::int64_t pause_ms = backoff.next_ms();
    EXPECT_GE(pause_ms, 0);
    EXPECT_LE(pause_ms, backoff_cap_ms);
  }
}

TEST(Backoff, ReachesEveryPauseUpToTheBound) {
  FakeRandom random;
  Backoff backoff(random);
  random.value = 1'000;
  EXPECT_EQ(backoff.next_ms(), 1'000);
  random.value = 2'000;
  EXPECT_EQ(backoff.next_ms(), 2'000);
  for (int i = 0; i < 20; ++i) backoff.next_ms();
  random.value = 300'000;
  EXPECT_EQ(backoff.next_ms(), 300'000);
  random.value = 300'001;
  EXPECT_EQ(backoff.next_ms(), 0);
}

}  // namespace
}  // namespace heliograph::firmware
