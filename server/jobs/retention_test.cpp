#include "server/jobs/retention.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <tuple>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::jobs {
namespace {

using catalog::Holding;
using catalog::KeptImage;
using catalog::RetentionRule;
using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr Timestamp now = from_ms(1'795'348'800'000);  // 2026-11-22T12:00:00Z
constexpr CameraId one{1};
constexpr CameraId two{2};

// Everything that is stored, and the rules.
struct World {
  std::vector<KeptImage> images;
  std::optional<RetentionRule> common;
  std::map<CameraId, RetentionRule> own;

  // Taken, and received, so long ago; of `one`, and 10 bytes, unless the test says otherwise.
  KeptImage& add(std::chrono::milliseconds ago, std::int64_t size_bytes = 10) {
    const ImageId id{static_cast<std::int64_t>(images.size()) + 1};
    images.push_back({id, one, now - ago, now - ago, size_bytes, false});
    return images.back();
  }
};

std::vector<Holding> holdings_of(const World& world) {
  std::vector<Holding> holdings;
  for (const CameraId camera : {one, two}) {
    Holding holding{.camera = {camera, "", "", now}};
    for (const KeptImage& image : world.images) {
      if (image.camera != camera) continue;
      ++holding.images;
      holding.bytes += image.size_bytes;
    }
    if (const auto rule = world.own.find(camera); rule != world.own.end()) holding.rule = rule->second;
    holdings.push_back(holding);
  }
  return holdings;
}

std::vector<KeptImage> answer(const std::vector<KeptImage>& images, const catalog::KeptQuery& query) {
  const auto order = [](const KeptImage& image) { return std::pair(image.captured_at, image.id); };
  std::vector<KeptImage> page = images;
  std::ranges::sort(page, {}, order);
  std::erase_if(page, [&](const KeptImage& image) {
    return (query.camera && image.camera != *query.camera) ||
           (query.before && image.captured_at >= *query.before) ||
           (query.after && order(image) <= std::pair(query.after->captured_at, query.after->id));
  });
  if (page.size() > static_cast<std::size_t>(query.limit)) page.resize(static_cast<std::size_t>(query.limit));
  return page;
}

enum class Do { look, remove };

std::vector<Going> pass_over(World& world, Do what, int page_size) {
  std::vector<Going> all;
  RetentionPass pass(policy_of(world.common, holdings_of(world), now), page_size);
  while (const auto query = pass.next()) {
    for (const Going& going : pass.take(answer(world.images, *query))) {
      all.push_back(going);
      if (what == Do::remove) std::erase(world.images, going.image);
    }
  }
  return all;
}

// "3 age" for each image that goes, in order of decision.
std::vector<std::string> going(World world) {
  std::vector<std::string> said;
  for (const Going& image : pass_over(world, Do::look, 3)) {
    said.push_back(std::to_string(image.image.id.value) + ' ' + std::string(to_string(image.reason)));
  }
  return said;
}

TEST(Retention, WithoutARuleNothingGoes) {
  World world;
  world.add(hours(24 * 10'000));
  EXPECT_THAT(going(world), IsEmpty());
  world.common = RetentionRule{};
  EXPECT_THAT(going(world), IsEmpty());
}

TEST(Retention, AgeIsThatOfTheYoungerOfCaptureAndArrival) {
  const auto day = hours(24);
  const struct {
    const char* what;
    std::chrono::milliseconds captured_ago;
    std::chrono::milliseconds received_ago;
    bool goes;
  } table[] = {
      {"old", 31 * day, 31 * day, true},
      {"young", 29 * day, 29 * day, false},
      {"to the millisecond as old as the rule", 30 * day, 30 * day, false},
      {"a millisecond older", 30 * day + std::chrono::milliseconds(1),
       30 * day + std::chrono::milliseconds(1), true},
      {"kept by the camera for a month and sent today", 31 * day, hours(2), false},
      {"a clock that was never set", 20'000 * day, 2 * day, false},
      {"a clock that was never set, long ago", 20'000 * day, 31 * day, true},
      {"taken in the future, says its camera, which sent it long ago", -400 * day, 31 * day, true},
      {"taken in the future and sent today", -400 * day, hours(2), false},
      {"received in the future: our clock jumped back", 31 * day, -day, false},
  };
  for (const auto& row : table) {
    World world;
    world.common = RetentionRule{.keep_days = 30};
    world.add(row.captured_ago).received_at = now - row.received_ago;
    EXPECT_EQ(!going(world).empty(), row.goes) << row.what;
  }
}

TEST(Retention, NothingGoesWithinAnHourOfItsArrival) {
  World world;
  world.common = RetentionRule{.keep_images = 1};
  world.add(minutes(61));
  world.add(minutes(60));
  world.add(minutes(59));
  world.add(minutes(1));
  EXPECT_THAT(going(world), ElementsAre("1 images", "2 images"));
}

TEST(Retention, ThinningKeepsTheFirstOfEachHourAndThenOfEachDay) {
  World world;
  world.common = RetentionRule{.all_days = 7, .hourly_days = 365};
  const auto week = hours(24 * 7);
  const auto year = hours(24 * 365);
  world.add(year + hours(24));               // 1, noon: stays, as its day's first
  world.add(year + hours(23) + minutes(1));  // 2, 12:59
  world.add(year + hours(13));               // 3, 23:00 of the same day
  world.add(year + hours(12));               // 4, midnight: the next day's first
  world.add(year + minutes(1));              // 5, 11:59 of that day
  world.add(year - hours(1));                // 6, 13:00 of that day, but one an hour here
  world.add(year - hours(1) - minutes(59));  // 7, 13:59
  world.add(year - hours(2));                // 8, 14:00
  world.add(week + minutes(61));             // 9, 10:59
  world.add(week + minutes(60));             // 10, 11:00
  world.add(week + minutes(1));              // 11, 11:59
  world.add(week - minutes(1));              // 12, 12:01: every one
  world.add(week - minutes(2));              // 13
  EXPECT_THAT(going(world),
              ElementsAre("2 thinning", "3 thinning", "5 thinning", "7 thinning", "11 thinning"));
  world.common->hourly_days.reset();  // one an hour for ever
  EXPECT_THAT(going(world), ElementsAre("2 thinning", "7 thinning", "11 thinning"));
}

TEST(Retention, ThinningIsOfEachCameraAndOfTimesBefore1970Too) {
  World world;
  world.common = RetentionRule{.all_days = 1, .hourly_days = 2};
  const auto until_1970 = std::chrono::milliseconds(to_ms(now));
  world.add(until_1970 + minutes(1));  // 1, 23:59 of 1969
  world.add(until_1970 + minutes(2));  // 2, 23:58, so the first of that day
  world.add(until_1970 - minutes(1));  // 3, 00:01 of 1970
  world.add(until_1970).camera = two;  // 4
  EXPECT_THAT(going(world), ElementsAre("1 thinning"));
}

TEST(Retention, AStarredImageStaysAndIsItsHoursOne) {
  World world;
  world.common = RetentionRule{.keep_days = 30, .all_days = 1};
  world.add(hours(24 * 31)).starred = true;
  world.add(hours(24 * 2)).starred = true;
  world.add(hours(24 * 2) - minutes(1));
  EXPECT_THAT(going(world), ElementsAre("3 thinning"));
}

TEST(Retention, LimitsTakeTheOldestAndCountWhatIsStarred) {
  World world;
  world.own[one] = RetentionRule{.keep_bytes = 25};
  world.add(hours(5)).starred = true;
  world.add(hours(4));
  world.add(hours(3));
  world.add(hours(2));
  EXPECT_THAT(going(world), ElementsAre("2 bytes", "3 bytes")) << "20 bytes are left";
  world.own[one] = RetentionRule{.keep_images = 3};
  EXPECT_THAT(going(world), ElementsAre("2 images"));
  world.own[one] = RetentionRule{.keep_bytes = 25, .keep_images = 3};
  EXPECT_THAT(going(world), ElementsAre("2 images", "3 bytes"));
  world.own[one] = RetentionRule{.keep_bytes = 40, .keep_images = 4};
  EXPECT_THAT(going(world), IsEmpty()) << "as much as allowed is not too much";
  world.own[one] = RetentionRule{.keep_images = 1};
  world.images[3].starred = true;
  EXPECT_THAT(going(world), ElementsAre("2 images", "3 images")) << "two starred ones stay";
}

TEST(Retention, TiesAreDecidedByTheId) {
  World world;
  world.common = RetentionRule{.keep_images = 1};
  world.add(hours(5));
  world.add(hours(5));
  world.add(hours(5));
  EXPECT_THAT(going(world), ElementsAre("1 images", "2 images"));
}

TEST(Retention, LimitsOfAllCamerasTogetherTakeTheOldestOfAll) {
  World world;
  world.common = RetentionRule{.keep_images = 2};
  world.add(hours(6)).camera = two;
  world.add(hours(5));
  world.add(hours(4)).camera = two;
  world.add(hours(3));
  EXPECT_THAT(going(world), ElementsAre("1 images", "2 images"));
  world.own[two] = RetentionRule{.keep_images = 1};
  EXPECT_THAT(going(world), ElementsAre("1 images", "2 images"))
      << "its own limit comes first and is enough of it";
}

TEST(Retention, ACamerasOwnRuleReplacesTheCommonOne) {
  World world;
  world.common = RetentionRule{.keep_days = 1};
  world.own[two] = RetentionRule{};
  world.add(hours(48));
  world.add(hours(48)).camera = two;
  EXPECT_THAT(going(world), ElementsAre("1 age"));
}

TEST(Retention, NothingGoesForWantOfRoomThatThinningMakes) {
  World world;
  world.own[one] = RetentionRule{.keep_images = 3, .all_days = 1};
  world.add(hours(72));
  world.add(hours(48));
  world.add(hours(48) - minutes(1));
  world.add(hours(2));
  EXPECT_THAT(going(world), ElementsAre("3 thinning"));
}

// In a walk for a limit both are met one after the other; in those for the rules never.
TEST(Retention, WhatClaimsToBeOfTheFutureIsNotThinnedForAnotherOfItsDay) {
  World world;
  world.own[one] = RetentionRule{.keep_images = 1, .all_days = 1, .hourly_days = 2};
  world.add(hours(2)).starred = true;
  KeptImage& future = world.add(hours(72));
  future.captured_at = now + hours(1);
  EXPECT_THAT(going(world), ElementsAre("2 images"));
}

// Many small worlds: whatever the size of a page, and whether what goes is removed on the way or only looked
// at, the decision is the same; afterwards the rules hold, and a second pass finds nothing.
TEST(Retention, IsTheSameForEveryPageAndLeavesTheRulesFulfilled) {
  std::mt19937 random(7);  // the same worlds each time
  const auto upto = [&](int most) { return std::uniform_int_distribution(0, most)(random); };
  for (int round = 0; round < 300; ++round) {
    World world;
    for (int n = upto(40); n > 0; --n) {
      KeptImage& image = world.add(minutes(upto(60 * 24 * 12)), 1 + upto(20));
      if (upto(2) == 0) image.camera = two;
      if (upto(5) == 0) image.starred = true;
      if (upto(5) == 0) image.received_at = now - minutes(upto(60 * 24));
      if (upto(9) == 0) image.captured_at = now + minutes(upto(60 * 24));
    }
    const auto some_rule = [&] {
      RetentionRule rule;
      if (upto(2) == 0) rule.keep_days = 1 + upto(11);
      if (upto(1) == 0) rule.all_days = 1 + upto(4);
      if (rule.all_days && upto(1) == 0) rule.hourly_days = *rule.all_days + 1 + upto(4);
      if (upto(2) == 0) rule.keep_images = 1 + upto(20);
      if (upto(2) == 0) rule.keep_bytes = 1 + upto(200);
      return rule;
    };
    if (upto(3) != 0) world.common = some_rule();
    if (upto(1) == 0) world.own[two] = some_rule();

    World looked_at = world;
    const auto expected = pass_over(looked_at, Do::look, 100);
    for (const int page_size : {1, 2, 7}) {
      World again = world;
      EXPECT_EQ(pass_over(again, Do::look, page_size), expected) << round;
      World removed = world;
      EXPECT_EQ(pass_over(removed, Do::remove, page_size), expected) << round;
      EXPECT_EQ(removed.images.size() + expected.size(), world.images.size()) << round;
      EXPECT_THAT(pass_over(removed, Do::remove, page_size), IsEmpty()) << round;
      const auto untouchable = [](const KeptImage& image) {
        return image.starred || image.received_at > now - settling_time;
      };
      for (const Holding& holding : holdings_of(removed)) {
        if (!holding.rule || std::ranges::all_of(removed.images, untouchable)) continue;
        const bool only_untouchable = std::ranges::all_of(removed.images, [&](const KeptImage& image) {
          return image.camera != holding.camera.id || untouchable(image);
        });
        if (only_untouchable) continue;
        EXPECT_LE(holding.images, holding.rule->keep_images.value_or(1000)) << round;
        EXPECT_LE(holding.bytes, holding.rule->keep_bytes.value_or(1000)) << round;
      }
    }
  }
}

TEST(Retention, SummarySaysHowMuchOfWhomAndWhy) {
  RetentionSummary summary;
  summary.add({{ImageId{1}, one, from_ms(10), from_ms(10), 100, false}, Reason::age});
  summary.add({{ImageId{2}, two, from_ms(5), from_ms(10), 10, false}, Reason::images});
  summary.add({{ImageId{3}, one, from_ms(20), from_ms(20), 1, false}, Reason::age});
  EXPECT_EQ(summary.total, (RetentionSummary::Sum{3, 111, from_ms(5), from_ms(20)}));
  EXPECT_EQ(summary.cameras.at(one), (RetentionSummary::Sum{2, 101, from_ms(10), from_ms(20)}));
  EXPECT_THAT(summary.reasons, ElementsAre(2, 0, 0, 1));
}

}  // namespace
}  // namespace heliograph::jobs
