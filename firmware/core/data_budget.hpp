// What a camera may send in a month: a SIM card's data, counted by the camera itself. Pure; what it should
// survive is written down by its owner.
//
// A month is that of the calendar in the camera's own time zone. While nobody has told it the time it counts
// on in the month that it knows. What must not be in it: what is left out when the budget is spent.
#pragma once

#include <cstdint>
#include <optional>

namespace heliograph::firmware {

// What is written down: the month (years since 0 × 12 + months since January; 0: unknown), and the bytes that
// must be taken for sent in it.
struct BudgetState {
  std::int64_t month = 0;
  std::int64_t bytes = 0;
};

class DataBudget {
 public:
  // As it was written down. Counts from there.
  void restore(const BudgetState& state);
  // None: as much as there is. `time_zone_min`: minutes east of UTC.
  void set(std::optional<std::int64_t> limit_bytes, std::int64_t time_zone_min);
  // So many bytes went over the network.
  void count(std::int64_t bytes);
  // What time it is: a new month begins with nothing.
  void look(std::optional<std::int64_t> wall_ms);

  std::int64_t used_bytes() const { return used_; }
  bool spent() const { return limit_ && used_ >= *limit_; }
  // When there is more again, milliseconds since 1970. None: that is not known.
  std::optional<std::int64_t> renewed_ms() const;

  // What is to be written down now. None: what was written last still covers it. It is a step ahead of what
  // was used, so that flash is not written for every picture, and a power cut never makes a camera send more
  // than it may.
  std::optional<BudgetState> to_save();

 private:
  std::int64_t step() const;

  std::optional<std::int64_t> limit_;
  std::int64_t time_zone_min_ = 0;
  std::int64_t month_ = 0;
  std::int64_t used_ = 0;
  BudgetState saved_;
};

}  // namespace heliograph::firmware
