// The month's data over restarts: counts what went over the network, and writes down what must not be
// forgotten. The agent's thread.
#pragma once

#include "firmware/core/data_budget.hpp"
#include "firmware/core/platform/storage.hpp"

#include <cstdint>
#include <optional>

namespace heliograph::firmware {

class MonthlyData {
 public:
  explicit MonthlyData(Storage& storage) : storage_(storage) {}

  // After the storage was opened.
  void recover();
  // As DataBudget::set.
  void set(std::optional<std::int64_t> limit_bytes, std::int64_t time_zone_min) {
    budget_.set(limit_bytes, time_zone_min);
  }
  // So many bytes more. True: whether the budget is spent is not what it was.
  bool account(std::int64_t bytes, std::optional<std::int64_t> wall_ms);

  const DataBudget& budget() const { return budget_; }

 private:
  Storage& storage_;
  DataBudget budget_;
  bool spent_ = false;  // as account() said last
};

}  // namespace heliograph::firmware
