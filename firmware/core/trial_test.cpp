#include "firmware/core/trial.hpp"

#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t hour_ms = 60 * minute_ms;

enum class Happens { begin, restart, reach, miss };
struct Moment {
  std::int64_t at_ms;
  Happens what;
};

TEST(Trial, EndsByATableOfWhatHappens) {
  const struct {
    std::string_view what;
    std::vector<Moment> moments;
    std::int64_t now_ms;
    std::optional<TrialEnd> expected;
  } table[] = {
      {"no trial", {}, 100 * hour_ms, {}},
      {"nothing was tried yet", {{0, Happens::begin}}, 24 * hour_ms, {}},
      {"nothing was tried in a day", {{0, Happens::begin}}, 25 * hour_ms, TrialEnd::untried},
      {"one failure", {{0, Happens::begin}, {0, Happens::miss}}, 9 * minute_ms, {}},
      {"failures for long", {{0, Happens::begin}, {0, Happens::miss}}, 10 * minute_ms, TrialEnd::unanswered},
      {"the time counts from the first failure",
       {{0, Happens::begin}, {hour_ms, Happens::miss}, {hour_ms + 5 * minute_ms, Happens::miss}},
       hour_ms + 10 * minute_ms,
       TrialEnd::unanswered},
      {"and not from before", {{0, Happens::begin}, {hour_ms, Happens::miss}}, hour_ms + 9 * minute_ms, {}},
      {"proven", {{0, Happens::begin}, {0, Happens::reach}, {1, Happens::miss}}, 100 * hour_ms, {}},
      {"proven after a failure",
       {{0, Happens::begin}, {0, Happens::miss}, {9 * minute_ms, Happens::reach}},
       100 * hour_ms,
       {}},
      {"others begin anew",
       {{0, Happens::begin}, {0, Happens::miss}, {9 * minute_ms, Happens::begin}},
       18 * minute_ms,
       {}},
      {"three starts",
       {{0, Happens::begin}, {1, Happens::restart}, {2, Happens::restart}, {3, Happens::restart}},
       4,
       {}},
      {"a fourth",
       {{0, Happens::begin},
        {1, Happens::restart},
        {2, Happens::restart},
        {3, Happens::restart},
        {4, Happens::restart}},
       4,
       TrialEnd::restarted},
      {"an answer in between",
       {{0, Happens::begin}, {1, Happens::restart}, {2, Happens::restart}, {3, Happens::reach}},
       4,
       {}},
  };
  for (const auto& row : table) {
    Trial trial(10 * minute_ms);
    for (const Moment& moment : row.moments) {
      if (moment.what == Happens::begin) trial.begin(moment.at_ms);
      if (moment.what == Happens::restart) trial.resume(trial.starts(), moment.at_ms);
      if (moment.what == Happens::reach) trial.reached();
      if (moment.what == Happens::miss) trial.missed(moment.at_ms);
    }
    EXPECT_EQ(trial.ended(row.now_ms), row.expected) << row.what;
    // Whoever sleeps until then misses nothing.
    if (const auto ends_ms = trial.ends_ms(); ends_ms && !row.expected)
      EXPECT_GT(*ends_ms, row.now_ms) << row.what;
    if (const auto ends_ms = trial.ends_ms(); ends_ms) EXPECT_TRUE(trial.ended(*ends_ms)) << row.what;
  }
}

}  // namespace
}  // namespace heliograph::firmware
