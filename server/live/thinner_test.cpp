#include "server/live/thinner.hpp"

#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace heliograph::live {
namespace {

using namespace std::chrono_literals;

constexpr SteadyTime start{1'000'000s};

std::shared_ptr<const Frame> picture(std::uint32_t number) {
  Frame frame;
  frame.header.sequence = number;
  return std::make_shared<const Frame>(std::move(frame));
}

// It is asked at `at`, when picture number `news` has come, and shows number `shown`; none: no picture.
struct Ask {
  std::chrono::milliseconds at;
  std::optional<std::uint32_t> news;
  std::optional<std::uint32_t> shown;
};

TEST(Thinner, ShowsAsManyAsWereAskedForAndTheLastOfAll) {
  struct Case {
    const char* what;
    unsigned fps;
    std::vector<Ask> asks;
  };
  for (const Case& c : {
           Case{"all, of a camera that sends no more",
                10,
                {{0ms, 0, 0}, {100ms, 1, 1}, {190ms, 2, 2}, {310ms, 3, 3}, {400ms, 4, 4}}},
           Case{"half of a camera that sends twice as many",
                5,
                {{0ms, 0, 0}, {10ms, 1, 1}, {90ms, 2, {}}, {190ms, 3, 3}, {290ms, 4, {}}, {390ms, 5, 5}}},
           Case{"the newest of those that came too soon, when its time has come",
                1,
                {{0ms, 0, 0},
                 {10ms, 1, 1},
                 {200ms, 2, {}},
                 {400ms, 3, {}},
                 {999ms, {}, {}},
                 {1000ms, {}, 3},
                 {5000ms, {}, {}}}},
           Case{"a newer one that is in time, and none that was held before it",
                1,
                {{0ms, 0, 0}, {10ms, 1, 1}, {200ms, 2, {}}, {600ms, 3, 3}, {1100ms, {}, {}}}},
           Case{"one that comes after a long time at once", 1, {{0ms, 0, 0}, {10ms, 1, 1}, {60'000ms, 2, 2}}},
       }) {
    Thinner thinner(c.fps);
    for (const Ask& ask : c.asks) {
      const auto shown = thinner.next(ask.news ? picture(*ask.news) : nullptr, start + ask.at);
      const auto number = shown ? std::optional(shown->header.sequence) : std::nullopt;
      EXPECT_EQ(number, ask.shown) << c.what << ", at " << ask.at.count() << " ms";
    }
  }
}

TEST(Thinner, SaysWhenToAskAgain) {
  Thinner thinner(1);
  EXPECT_EQ(thinner.due(), SteadyTime::max());
  ASSERT_TRUE(thinner.next(picture(0), start));
  ASSERT_TRUE(thinner.next(picture(1), start + 10ms));
  EXPECT_EQ(thinner.due(), SteadyTime::max());
  ASSERT_FALSE(thinner.next(picture(2), start + 20ms));
  EXPECT_EQ(thinner.due(), start + 1s);
  ASSERT_TRUE(thinner.next(nullptr, start + 1s));
  EXPECT_EQ(thinner.due(), SteadyTime::max());
}

}  // namespace
}  // namespace heliograph::live
