#include "firmware/core/arducam/ladder.hpp"

#include <gtest/gtest.h>

namespace heliograph::firmware::mega {
namespace {

TEST(MegaLadder, HasStrongerRemediesForMoreFailures) {
  const struct {
    int failures;
    Remedy with_switch;
    Remedy without;
  } table[] = {
      {0, Remedy::none, Remedy::none},
      {1, Remedy::again, Remedy::again},
      {2, Remedy::reset, Remedy::reset},
      {3, Remedy::power_cycle, Remedy::reset},
      {max_failures, Remedy::power_cycle, Remedy::reset},
      {1'000'000, Remedy::power_cycle, Remedy::reset},
  };
  for (const auto& row : table) {
    EXPECT_EQ(remedy_after(row.failures, true), row.with_switch) << row.failures;
    EXPECT_EQ(remedy_after(row.failures, false), row.without) << row.failures;
  }
}

}  // namespace
}  // namespace heliograph::firmware::mega
