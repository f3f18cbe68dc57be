#include "firmware/esp32/decide/wifi_supervisor.hpp"

#include "firmware/core/platform/fake_random.hpp"

#include <string>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

using Kind = WifiStep::Kind;

constexpr int no_ap_found = 201;
constexpr int auth_fail = 202;

class WifiSupervisorTest : public testing::Test {
 protected:
  // Takes steps until one is not wait, letting time pass; says which.
  WifiStep act() {
    for (;;) {
      const WifiStep step = supervisor.next(now_ms);
      if (step.kind != Kind::wait) return step;
      now_ms = step.until_ms;
    }
  }
  void fail(int reason) {
    while (act().kind != Kind::connect) {
    }
    supervisor.lost(reason, now_ms);
  }

  FakeRandom random;
  WifiSupervisor supervisor{random};
  std::int64_t now_ms = 1'000;
};

TEST_F(WifiSupervisorTest, TriesAtOnceAndThenAfterGrowingPauses) {
  random.value = 0xffffffff;
  EXPECT_EQ(act().kind, Kind::connect);
  EXPECT_EQ(now_ms, 1'000);
  std::int64_t before_ms = now_ms;
  for (int failure = 0; failure < 40; ++failure) {
    supervisor.lost(no_ap_found, now_ms);
    while (act().kind != Kind::connect) {
    }
    EXPECT_LE(now_ms - before_ms, backoff_cap_ms);
    before_ms = now_ms;
  }
}

// Every reason that the driver knows, those included after which the usual frameworks give up for ever.
TEST_F(WifiSupervisorTest, GoesOnAfterEveryReason) {
  for (int reason = 0; reason < 256; ++reason) {
    WifiSupervisor fresh{random};
    EXPECT_EQ(fresh.next(0).kind, Kind::connect);
    fresh.lost(reason, 10);
    EXPECT_EQ(fresh.next(10 + backoff_cap_ms).kind, Kind::connect) << reason;
  }
}

TEST_F(WifiSupervisorTest, ScansAllEachFifthAndRestartsTheRadioEachTenthFailure) {
  std::string did;
  for (int step = 0; step < 24; ++step) {
    const WifiStep next = act();
    did += next.kind == Kind::restart_radio ? 'R' : next.full_scan ? 'F' : '.';
    if (next.kind == Kind::connect) supervisor.lost(no_ap_found, now_ms);
  }
  EXPECT_EQ(did, ".....F....RF....F....RF.");
}

TEST_F(WifiSupervisorTest, AnAttemptOfWhichNothingIsHeardHasFailed) {
  EXPECT_EQ(act().kind, Kind::connect);
  EXPECT_EQ(supervisor.next(now_ms), (WifiStep{Kind::wait, now_ms + wifi_attempt_limit_ms, false}));
  EXPECT_EQ(act().kind, Kind::connect);
  EXPECT_EQ(supervisor.failures(), 1);
}

TEST_F(WifiSupervisorTest, ThreeBadPasswordsOpenThePortalAndSlowTheTriesDown) {
  for (const int reason : {15, 202, 204}) EXPECT_TRUE(means_bad_password(reason)) << reason;
  EXPECT_FALSE(means_bad_password(no_ap_found));
  fail(auth_fail);
  fail(15);
  fail(no_ap_found);  // it was not the password, or it was another network's
  fail(204);
  fail(auth_fail);
  EXPECT_FALSE(supervisor.portal_until_ms());
  fail(15);
  ASSERT_TRUE(supervisor.portal_until_ms());
  EXPECT_EQ(*supervisor.portal_until_ms(), now_ms + bad_password_portal_ms);
  const std::int64_t before_ms = now_ms;
  EXPECT_EQ(act().kind, Kind::connect);
  EXPECT_GE(now_ms - before_ms, bad_password_portal_ms);
  EXPECT_FALSE(supervisor.portal_until_ms());
  supervisor.lost(auth_fail, now_ms);
  EXPECT_FALSE(supervisor.portal_until_ms());  // once; then whoever comes by has a button
}

TEST_F(WifiSupervisorTest, ANetworkThatHeldIsEnteredAgainAtOnce) {
  random.value = 700;
  act();
  supervisor.got_address(now_ms);
  now_ms += steady_ms;
  supervisor.lost(8, now_ms);
  const std::int64_t lost_ms = now_ms;
  EXPECT_EQ(act().kind, Kind::connect);
  EXPECT_EQ(now_ms, lost_ms);
  supervisor.got_address(now_ms);
  supervisor.lost(8, now_ms + 1);
  supervisor.lost(8, now_ms + 2);  // the driver says so twice
  now_ms += 2;
  act();
  EXPECT_GE(now_ms, lost_ms + 700);
}

TEST_F(WifiSupervisorTest, ADeadPathIsMadeAnewEverMoreRarely) {
  std::int64_t limit_ms = dead_path_ms;
  for (int round = 0; round < 8; ++round) {
    while (act().kind != Kind::connect) {
    }
    supervisor.got_address(now_ms);
    now_ms += 5'000;
    supervisor.missed(now_ms);
    const std::int64_t missed_ms = now_ms;
    supervisor.missed(now_ms + 1);  // the first counts
    EXPECT_EQ(act().kind, Kind::disconnect);
    EXPECT_EQ(now_ms - missed_ms, limit_ms);
    limit_ms = std::min(2 * limit_ms, max_dead_path_ms);
    supervisor.lost(8, now_ms);
  }
  supervisor.answered();
  while (act().kind != Kind::connect) {
  }
  supervisor.got_address(now_ms);
  supervisor.missed(now_ms);
  const std::int64_t missed_ms = now_ms;
  EXPECT_EQ(act().kind, Kind::disconnect);
  EXPECT_EQ(now_ms - missed_ms, dead_path_ms);
}

TEST_F(WifiSupervisorTest, ADriverThatDoesNotSayThatItLeftIsNotWaitedFor) {
  act();
  supervisor.got_address(now_ms);
  supervisor.missed(now_ms);
  EXPECT_EQ(act().kind, Kind::disconnect);
  EXPECT_EQ(act().kind, Kind::connect);
}

TEST_F(WifiSupervisorTest, AnAnswerEndsTheDoubt) {
  act();
  supervisor.got_address(now_ms);
  supervisor.missed(now_ms);
  supervisor.answered();
  now_ms += dead_path_ms;
  EXPECT_EQ(supervisor.next(now_ms).kind, Kind::wait);
  EXPECT_TRUE(supervisor.has_address());
}

TEST_F(WifiSupervisorTest, OtherCredentialsAreTriedAtOnce) {
  for (int i = 0; i < 3; ++i) fail(auth_fail);
  supervisor.reset();
  EXPECT_FALSE(supervisor.portal_until_ms());
  EXPECT_EQ(supervisor.next(now_ms).kind, Kind::connect);
}

}  // namespace
}  // namespace heliograph::firmware
