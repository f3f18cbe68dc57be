#include "server/http/api/camera_shares.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace heliograph::http {
namespace {

using namespace std::chrono_literals;

TEST(CameraShare, FollowsTheTable) {
  const SteadyTime now = SteadyTime{} + 1h;
  const CameraLimits limits{.uploads = 2, .images_per_minute = 6, .image_burst = 3};  // one in 10 s
  const CameraLimits unlimited{.uploads = 2, .images_per_minute = 0, .image_burst = 3};
  const CameraLimits strict{.uploads = 2, .images_per_minute = 6, .image_burst = 1};
  const struct {
    const char* what;
    const CameraLimits& limits;
    CameraAccount account;
    std::uint32_t images;
    ShareDecision decision;
  } table[] = {
      {"the first", limits, {0, now - 1h}, 1, {ShareVerdict::granted, now + 10s, 0s}},
      {"the second at once", limits, {1, now + 10s}, 1, {ShareVerdict::granted, now + 20s, 0s}},
      {"the last of the burst", limits, {0, now + 20s}, 1, {ShareVerdict::granted, now + 30s, 0s}},
      {"one more", limits, {0, now + 30s}, 1, {ShareVerdict::too_often, now + 30s, 10s}},
      {"nearly", limits, {0, now + 20s + 1ms}, 1, {ShareVerdict::too_often, now + 20s + 1ms, 1s}},
      {"no new image", limits, {0, now + 30s}, 0, {ShareVerdict::granted, now + 30s, 0s}},
      {"too many in hand", limits, {2, now}, 1, {ShareVerdict::too_many_at_once, now, 0s}},
      {"too many in hand, no image", limits, {2, now}, 0, {ShareVerdict::too_many_at_once, now, 0s}},
      {"no rate", unlimited, {1, now + 99h}, 1, {ShareVerdict::granted, now + 99h, 0s}},
      {"no burst", strict, {0, now}, 1, {ShareVerdict::granted, now + 10s, 0s}},
      {"no burst, too soon", strict, {0, now + 1ns}, 1, {ShareVerdict::too_often, now + 1ns, 1s}},
  };
  for (const auto& row : table) {
    const ShareDecision decision = decide_share(row.limits, row.account, row.images, now);
    EXPECT_EQ(decision.verdict, row.decision.verdict) << row.what;
    EXPECT_EQ(decision.due, row.decision.due) << row.what;
    EXPECT_EQ(decision.retry_after, row.decision.retry_after) << row.what;
  }
}

class CameraSharesTest : public testing::Test {
 protected:
  static constexpr CameraId one{1};
  static constexpr CameraId other{2};

  ManualClock clock_{from_ms(0)};
  CameraShares shares_{{.uploads = 2, .images_per_minute = 6, .image_burst = 3}, clock_};
};

TEST_F(CameraSharesTest, GivesEachCameraItsOwn) {
  auto first = shares_.take(one, 1);
  auto second = shares_.take(one, 1);
  ASSERT_TRUE(first && second);
  const auto third = shares_.take(one, 1);
  ASSERT_FALSE(third);
  EXPECT_EQ(third.error().kind, ErrorKind::too_many);
  EXPECT_TRUE(shares_.take(other, 1)) << "no other camera suffers";
  EXPECT_EQ(shares_.stats().in_hand, 2U);
  EXPECT_EQ(shares_.stats().too_many_at_once, 1U);
  {
    const auto ended = std::move(*first);
  }
  EXPECT_TRUE(shares_.take(one, 1));
}

TEST_F(CameraSharesTest, HoldsACameraToItsRate) {
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(shares_.take(one, 1)) << "the burst";
  const auto refused = shares_.take(one, 1);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().retry_after, 10s);
  EXPECT_EQ(shares_.stats().too_often, 1U);
  EXPECT_TRUE(shares_.take(one, 0)) << "what goes on with an image is none of its own";
  for (int minute = 0; minute < 60; ++minute) {
    int taken = 0;
    for (int i = 0; i < 60; ++i) {
      clock_.advance(1s);
      if (shares_.take(one, 1)) ++taken;
    }
    EXPECT_EQ(taken, 6) << minute;
  }
}

TEST_F(CameraSharesTest, RemembersOnlyWhoMatters) {
  for (std::int64_t camera = 1; camera <= 100'000; ++camera) {
    EXPECT_TRUE(shares_.take(CameraId{camera}, 1));
    if (camera % 100 == 0) clock_.advance(1s);
  }
  EXPECT_LT(shares_.accounts(), 2100U) << "1,000 came within the ten seconds that an image counts";
  CameraShares without_rate({}, clock_);
  for (std::int64_t camera = 1; camera <= 1000; ++camera) EXPECT_TRUE(without_rate.take(CameraId{camera}, 1));
  EXPECT_EQ(without_rate.accounts(), 0U);
}

}  // namespace
}  // namespace heliograph::http
