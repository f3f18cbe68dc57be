// Clock of a Linux machine.
#pragma once

#include "firmware/core/platform/clock.hpp"

#include <atomic>
#include <condition_variable>
#include <mutex>

namespace heliograph::firmware {

// The machine's own wall clock counts as known when it shows a time of this century's working years: a
// Raspberry Pi has no battery for its clock and starts in 1970, or where it was switched off. The second is
// not seen through; run an NTP client, as Raspberry Pi OS does.
class PosixClock final : public Clock {
 public:
  std::int64_t mono_ms() const override;
  std::optional<std::int64_t> wall_ms() const override;
  void offer_wall_ms(std::int64_t wall_ms) override;
  void sleep_until(std::int64_t deadline_ms) override;
  void wake() override;

 private:
  std::optional<std::int64_t> offered_offset_ms_;  // wall minus monotonic, as a server said it
  std::mutex mutex_;
  std::condition_variable woken_;
  bool wake_ = false;  // guarded by mutex_
};

}  // namespace heliograph::firmware
