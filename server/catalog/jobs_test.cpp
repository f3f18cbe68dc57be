#include "server/catalog/test_support.hpp"

#include <algorithm>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::catalog {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Jobs : public OnEachEngine {
 protected:
  Jobs() { add_cameras(catalog_); }

  void add_pictures(std::int64_t count) {
    std::vector<NewImage> images;
    for (std::int64_t id = 1; id <= count; ++id) images.push_back(picture(id));
    catalog_.add_images(images).value();
  }
  // The images of the jobs that can be had at `now`.
  std::vector<std::int64_t> claim(Timestamp now, int limit = 100) {
    std::vector<std::int64_t> images;
    for (const Job& job : catalog_.claim_jobs(now, now + lease, limit).value())
      images.push_back(job.image.value);
    return images;
  }

  static constexpr std::chrono::minutes lease{5};
  Catalog catalog_ = connect();
};
HELIOGRAPH_ON_EACH_ENGINE(Jobs);

TEST_P(Jobs, FollowFromImages) {
  add_pictures(1);
  const auto jobs = catalog_.claim_jobs(noon, noon + lease, 10).value();
  ASSERT_EQ(jobs.size(), 1U);
  EXPECT_EQ(jobs[0].kind, "thumbnail");
  EXPECT_EQ(jobs[0].image, ImageId{1});
  EXPECT_EQ(jobs[0].attempts, 1);
}

TEST_P(Jobs, AreClaimedOldestFirstAndOnce) {
  add_pictures(5);
  EXPECT_THAT(claim(noon, 2), ElementsAre(1, 2));
  EXPECT_THAT(claim(noon, 2), ElementsAre(3, 4));
  EXPECT_THAT(claim(noon, 2), ElementsAre(5));
  EXPECT_THAT(claim(noon, 2), IsEmpty());
}

TEST_P(Jobs, AreCountedUntilTheyAreDone) {
  EXPECT_EQ(catalog_.count_jobs().value(), JobCounts{});
  add_pictures(3);
  const auto jobs = catalog_.claim_jobs(noon, noon + lease, 2).value();
  EXPECT_EQ(catalog_.count_jobs().value(), (JobCounts{.waiting = 3, .given_up = 0}));
  ASSERT_TRUE(catalog_.fail_job(jobs[0].id, "no JPEG", std::nullopt));
  ASSERT_TRUE(catalog_.finish_jobs({&jobs[1].id, 1}));
  EXPECT_EQ(catalog_.count_jobs().value(), (JobCounts{.waiting = 1, .given_up = 1}));
}

TEST_P(Jobs, AreClaimableAgainWhenTheLeaseRunsOut) {
  add_pictures(1);
  claim(noon);
  EXPECT_THAT(claim(noon + lease - std::chrono::milliseconds(1)), IsEmpty());
  const auto again = catalog_.claim_jobs(noon + lease, noon + 2 * lease, 1).value();
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again[0].attempts, 2);
}

TEST_P(Jobs, ThatAreFinishedAreGone) {
  add_pictures(3);
  const auto jobs = catalog_.claim_jobs(noon, noon + lease, 2).value();
  const std::vector finished{jobs[0].id, jobs[1].id, JobId{999}};  // one that somebody else has finished
  catalog_.finish_jobs(finished).value();
  EXPECT_THAT(claim(noon + lease), ElementsAre(3));
}

TEST_P(Jobs, ThatFailAreTriedAgainWhenToldOrNever) {
  add_pictures(2);
  const auto jobs = catalog_.claim_jobs(noon, noon + lease, 2).value();
  const Timestamp later = noon + std::chrono::hours(1);
  catalog_.fail_job(jobs[0].id, "the disk is full", later).value();
  catalog_.fail_job(jobs[1].id, "it is no picture", std::nullopt).value();
  EXPECT_THAT(claim(later - std::chrono::milliseconds(1)), IsEmpty());
  EXPECT_THAT(claim(later + 1000 * lease), ElementsAre(1));
}

TEST_P(Jobs, NeverGetTheIdOfAFinishedOne) {
  add_pictures(1);
  const auto first = catalog_.claim_jobs(noon, noon + lease, 1).value();
  catalog_.finish_jobs(std::vector{first[0].id}).value();
  EXPECT_EQ(catalog_.queue_thumbnails().value(), 1);
  const auto second = catalog_.claim_jobs(noon, noon + lease, 1).value();
  EXPECT_GT(second[0].id, first[0].id);
}

TEST_P(Jobs, CanBeMadeForEveryImageThatHasNone) {
  add_pictures(4);
  const auto jobs = catalog_.claim_jobs(noon, noon + lease, 3).value();
  catalog_.finish_jobs(std::vector{jobs[0].id, jobs[1].id}).value();
  catalog_.fail_job(jobs[2].id, "it is no picture", std::nullopt).value();
  EXPECT_EQ(catalog_.queue_thumbnails().value(), 3);  // two that were finished, one that was given up
  EXPECT_EQ(catalog_.queue_thumbnails().value(), 0);
  auto images = claim(noon);
  std::ranges::sort(images);
  EXPECT_THAT(images, ElementsAre(1, 2, 3, 4));
}

TEST_P(Jobs, AreNeverHeldByTwo) {
  constexpr std::int64_t count = 300;
  add_pictures(count);
  std::vector<std::vector<std::int64_t>> held(3);
  std::vector<std::thread> claimers;
  for (auto& mine : held) {
    claimers.emplace_back([this, &mine] {
      Catalog own = connect();
      for (;;) {
        const auto jobs = own.claim_jobs(noon, noon + lease, 7).value();
        if (jobs.empty()) return;
        EXPECT_LE(jobs.size(), 7U);
        for (const Job& job : jobs) mine.push_back(job.id.value);
      }
    });
  }
  for (std::thread& claimer : claimers) claimer.join();
  std::vector<std::int64_t> all_held;
  for (const auto& mine : held) all_held.insert(all_held.end(), mine.begin(), mine.end());
  std::ranges::sort(all_held);
  EXPECT_EQ(std::ranges::adjacent_find(all_held), all_held.end());
  // PostgreSQL's claimers step over what others are claiming at that moment, so one may leave early; none is
  // lost.
  EXPECT_EQ(all_held.size() + claim(noon, 1000).size(), static_cast<std::size_t>(count));
}

}  // namespace
}  // namespace heliograph::catalog
