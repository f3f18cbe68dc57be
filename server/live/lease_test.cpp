#include "server/live/lease.hpp"

#include <gtest/gtest.h>

namespace heliograph::live {
namespace {

using namespace std::chrono_literals;

constexpr SteadyTime now{1'000'000s};
constexpr Wants slow{2, 640};
constexpr Wants fast{10, 640};

Demand watched(Wants wants) {
  return {1, wants, {}};
}
Demand left(std::chrono::milliseconds ago) {
  return {0, {}, now - ago};
}

TEST(Lease, IsDecidedByDemandAndTime) {
  struct Case {
    const char* what;
    Lease lease;
    Demand demand;
    LeaseStep step;
  };
  for (const Case& c : {
           Case{"nobody ever watched", {}, left(1h), LeaseStep::none},
           Case{"the first watcher", {}, watched(slow), LeaseStep::start},
           Case{"running, and long enough", {1, slow, now + 9s}, watched(slow), LeaseStep::none},
           Case{"running out", {1, slow, now + 5s}, watched(slow), LeaseStep::renew},
           Case{"run out while the link was away", {1, slow, now - 1s}, watched(slow), LeaseStep::start},
           Case{"somebody wants more", {1, slow, now + 9s}, watched(fast), LeaseStep::start},
           Case{"who wanted more has gone", {1, fast, now + 9s}, watched(slow), LeaseStep::start},
           Case{"the last one has just gone", {1, slow, now + 4s}, left(1s), LeaseStep::none},
           Case{"and stays away", {1, slow, now + 4s}, left(3s), LeaseStep::stop},
           Case{"it has ended by itself", {1, slow, now}, left(5s), LeaseStep::none},
           Case{"it failed a moment ago", failed({1, slow, now + 4s}, now + 1s), watched(fast),
                LeaseStep::none},
           Case{"it has rested", failed({1, slow, now + 4s}, now), watched(fast), LeaseStep::start},
       }) {
    EXPECT_EQ(decide_lease(c.lease, c.demand, now), c.step) << c.what;
  }
}

TEST(Lease, SaysWhenToDecideAgain) {
  EXPECT_EQ(next_decision({}, left(1h), now), SteadyTime::max());
  EXPECT_EQ(next_decision({1, slow, now + 9s}, watched(slow), now), now + 4s);
  EXPECT_EQ(next_decision({1, slow, now + 9s}, left(1s), now), now + 2s);
  EXPECT_EQ(next_decision({}, watched(slow), now), now);
  EXPECT_EQ(next_decision(failed({1, slow, now + 9s}, now + 5s), watched(slow), now), now + 5s);
}

TEST(Lease, IsInForceAfterItWasTold) {
  const Lease started = after({}, watched(slow), LeaseStep::start, now);
  EXPECT_EQ(started.stream, 1U);
  EXPECT_EQ(started.wants, slow);
  EXPECT_EQ(started.ends, now + lease_time);
  const Lease renewed = after(started, watched(slow), LeaseStep::renew, now + 6s);
  EXPECT_EQ(renewed.stream, 1U);
  EXPECT_EQ(renewed.ends, now + 6s + lease_time);
  EXPECT_EQ(after(renewed, left(3s), LeaseStep::stop, now + 7s).ends, now + 7s);
  EXPECT_EQ(after(renewed, watched(fast), LeaseStep::start, now + 7s).stream, 2U);
}

// However steps fall, a decision that was carried out is not asked for again at once.
TEST(Lease, SettlesAfterEachStep) {
  for (const Demand& demand : {watched(slow), watched(fast), left(0s), left(10s)}) {
    for (const Lease& lease : {Lease{}, Lease{3, slow, now + 1s}, Lease{3, slow, now + 9s}}) {
      const Lease settled = after(lease, demand, decide_lease(lease, demand, now), now);
      EXPECT_EQ(decide_lease(settled, demand, now), LeaseStep::none);
      EXPECT_GT(next_decision(settled, demand, now), now);
    }
  }
}

}  // namespace
}  // namespace heliograph::live
