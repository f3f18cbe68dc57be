#include "firmware/core/data_budget.hpp"

#include "firmware/core/civil_time.hpp"

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

constexpr std::int64_t megabyte = 1'000'000;
constexpr std::int64_t hour_ms = 3'600'000;
std::int64_t midnight(std::int64_t year, int month, int day) {
  return days_since_epoch({year, month, day}) * 24 * hour_ms;
}

DataBudget budget_of(std::optional<std::int64_t> bytes, std::int64_t time_zone_min = 0) {
  DataBudget budget;
  budget.set(bytes, time_zone_min);
  return budget;
}

TEST(DataBudget, IsSpentAtItsLimitAndRenewedWithTheMonth) {
  DataBudget budget = budget_of(10 * megabyte);
  budget.look(midnight(2026, 11, 22));
  budget.count(10 * megabyte - 1);
  EXPECT_FALSE(budget.spent());
  budget.count(1);
  EXPECT_TRUE(budget.spent());
  EXPECT_EQ(budget.renewed_ms(), midnight(2026, 12, 1));
  budget.look(midnight(2026, 12, 1) - 1);
  EXPECT_TRUE(budget.spent());
  budget.look(midnight(2026, 12, 1));
  EXPECT_FALSE(budget.spent());
  EXPECT_EQ(budget.used_bytes(), 0);
  EXPECT_EQ(budget.renewed_ms(), midnight(2027, 1, 1));
}

TEST(DataBudget, GoesByTheCalendarOfItsTimeZone) {
  DataBudget east = budget_of(megabyte, 120);
  east.look(midnight(2026, 11, 30));
  east.count(megabyte);
  EXPECT_EQ(east.renewed_ms(), midnight(2026, 12, 1) - 2 * hour_ms);
  east.look(midnight(2026, 12, 1) - 2 * hour_ms);
  EXPECT_FALSE(east.spent());
}

TEST(DataBudget, WithoutALimitIsNeverSpentAndNeverSaved) {
  DataBudget budget = budget_of({});
  budget.look(midnight(2026, 11, 22));
  budget.count(1'000 * megabyte);
  EXPECT_FALSE(budget.spent());
  EXPECT_FALSE(budget.to_save());
  EXPECT_EQ(budget.used_bytes(), 1'000 * megabyte);
}

TEST(DataBudget, CountsOnWhileNobodyKnowsTheTime) {
  DataBudget budget = budget_of(megabyte);
  budget.look({});
  budget.count(megabyte);
  EXPECT_TRUE(budget.spent());
  EXPECT_FALSE(budget.renewed_ms());
  budget.look(midnight(2026, 11, 22));  // it only learns which month this is
  EXPECT_TRUE(budget.spent());
}

TEST(DataBudget, AClockThatWasWrongSilencesNobodyForDecades) {
  DataBudget budget = budget_of(megabyte);
  budget.look(midnight(2090, 1, 1));
  budget.look(midnight(2026, 11, 22));
  budget.count(megabyte);
  EXPECT_EQ(budget.renewed_ms(), midnight(2026, 12, 1));
}

// What a power cut at any moment makes of it: never less than was sent.
TEST(DataBudget, IsWrittenDownAheadAndNotForEveryPicture) {
  DataBudget budget = budget_of(100 * megabyte);
  budget.look(midnight(2026, 11, 22));
  BudgetState written;
  int writes = 0;
  for (int picture = 0; picture < 1000; ++picture) {
    budget.count(50'000);
    if (const auto state = budget.to_save()) {
      written = *state;
      ++writes;
    }
    ASSERT_GE(written.bytes, budget.used_bytes());
    ASSERT_LE(written.bytes, budget.used_bytes() + 300'000);
  }
  EXPECT_LT(writes, 250);
  DataBudget restarted = budget_of(100 * megabyte);
  restarted.restore(written);
  restarted.look(midnight(2026, 11, 23));
  EXPECT_GE(restarted.used_bytes(), 50 * megabyte);
  restarted.look(midnight(2026, 12, 1));
  EXPECT_EQ(restarted.used_bytes(), 0);
}

}  // namespace
}  // namespace heliograph::firmware
