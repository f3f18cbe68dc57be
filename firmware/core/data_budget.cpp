#include "firmware/core/data_budget.hpp"

#include "firmware/core/civil_time.hpp"

#include <algorithm>

namespace heliograph::firmware {
namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t day_ms = 86'400'000;
// Written down ahead, bytes: a 64th of the budget, within what a small one can spare and what a power cut may
// cost a large one.
constexpr std::int64_t least_step = 4 * 1024;
constexpr std::int64_t most_step = 256 * 1024;

std::int64_t month_of(std::int64_t local_ms) {
  const CivilDate date = civil_date(local_ms / day_ms);
  return date.year * 12 + date.month - 1;
}

}  // namespace

void DataBudget::restore(const BudgetState& state) {
  saved_ = state;
  month_ = state.month;
  used_ = std::max<std::int64_t>(state.bytes, 0);
}

void DataBudget::set(std::optional<std::int64_t> limit_bytes, std::int64_t time_zone_min) {
  limit_ = limit_bytes;
  time_zone_min_ = time_zone_min;
}

void DataBudget::count(std::int64_t bytes) {
  used_ += bytes;
}

// A clock that was set for the first time only names the month. One that goes back was wrong before: what was
// used stays used, and the next month is one of this calendar again.
void DataBudget::look(std::optional<std::int64_t> wall_ms) {
  if (!wall_ms) return;
  const std::int64_t month = month_of(*wall_ms + time_zone_min_ * minute_ms);
  if (month > month_ && month_ != 0) used_ = 0;
  month_ = month;
}

std::optional<std::int64_t> DataBudget::renewed_ms() const {
  if (month_ == 0) return std::nullopt;
  const std::int64_t next = month_ + 1;
  const CivilDate first{next / 12, static_cast<int>(next % 12) + 1, 1};
  return days_since_epoch(first) * day_ms - time_zone_min_ * minute_ms;
}

std::int64_t DataBudget::step() const {
  return std::clamp(limit_.value_or(most_step) / 64, least_step, most_step);
}

std::optional<BudgetState> DataBudget::to_save() {
  if (!limit_ || (saved_.month == month_ && saved_.bytes >= used_)) return std::nullopt;
  saved_ = {month_, used_ + step()};
  return saved_;
}

}  // namespace heliograph::firmware
