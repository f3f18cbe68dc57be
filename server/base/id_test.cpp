#include "server/base/id.hpp"

#include <limits>
#include <set>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace heliograph {
namespace {

using namespace std::chrono_literals;

constexpr Timestamp start = from_ms(1'795'359'662'123);
constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

TEST(IdText, ReadsBackWhatItWrote) {
  for (const std::int64_t value : {std::int64_t{0}, std::int64_t{1}, std::int64_t{31}, std::int64_t{32},
                                   to_ms(start) << 20, largest - 1, largest}) {
    EXPECT_EQ(id_value(id_text(value)), value);
    EXPECT_EQ(id_text(value).size(), 13U);
  }
}

TEST(IdText, SortsAsTheNumbersDo) {
  EXPECT_LT(id_text(31), id_text(32));
  EXPECT_LT(id_text(to_ms(start) << 20), id_text((to_ms(start) + 1) << 20));
}

TEST(IdText, HasOneSpelling) {
  for (const std::string_view text : {"", "0", "000000000000", "00000000000000", "000000000000A",
                                      "000000000000i", "000000000000l", "000000000000o", "000000000000u",
                                      "8000000000000", "-000000000001", "00000000 0001", "z000000000000"}) {
    EXPECT_EQ(id_value(text), std::nullopt) << text;
  }
  EXPECT_EQ(id_text(largest), "7zzzzzzzzzzzz");
}

TEST(Id, IsTaggedAndPrinted) {
  EXPECT_EQ(parse_id<ImageId>("000000000000z"), ImageId{31});
  EXPECT_EQ(to_string(ImageId{31}), "000000000000z");
  EXPECT_EQ(parse_id<CameraId>("camera"), std::nullopt);
  static_assert(!std::is_same_v<ImageId, CameraId>);
}

TEST(IdSource, CarriesTheTime) {
  const ManualClock clock(start);
  IdSource ids(clock);
  EXPECT_EQ(ids.next<ImageId>().value >> 20, to_ms(start));
}

TEST(IdSource, IncreasesWithinAMillisecondAndWhenTheClockGoesBack) {
  ManualClock clock(start);
  IdSource ids(clock);
  ImageId last = ids.next<ImageId>();
  for (const auto step : {0ms, 0ms, 1ms, -1ms, -3'600'000ms, 0ms, 5ms}) {
    clock.advance(step);
    for (int i = 0; i < 1000; ++i) {
      const auto id = ids.next<ImageId>();
      ASSERT_GT(id, last);
      last = id;
    }
  }
}

TEST(IdSource, GivesNoIdTwiceToManyThreads) {
  constexpr std::size_t each = 2000;
  const SystemClock clock;
  IdSource ids(clock);
  std::vector<std::vector<JobId>> taken(4);
  {
    std::vector<std::jthread> threads;
    threads.reserve(taken.size());
    for (auto& mine : taken) {
      threads.emplace_back([&ids, &mine] {
        for (std::size_t i = 0; i < each; ++i) mine.push_back(ids.next<JobId>());
      });
    }
  }
  std::set<JobId> all;
  for (const auto& mine : taken) all.insert(mine.begin(), mine.end());
  EXPECT_EQ(all.size(), taken.size() * each);
}

}  // namespace
}  // namespace heliograph
