#include "firmware/linux/posix_clock.hpp"

#include "protocol/upload.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>

namespace heliograph::firmware {

namespace {

std::int64_t read_ms(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return std::int64_t{time.tv_sec} * 1000 + time.tv_nsec / 1'000'000;
}

// One wait at most, milliseconds: condition variables do not count while the machine is suspended, the
// deadline does.
constexpr std::int64_t longest_wait_ms = 10'000;

}  // namespace

std::int64_t PosixClock::mono_ms() const {
  return read_ms(CLOCK_BOOTTIME);
}

std::optional<std::int64_t> PosixClock::wall_ms() const {
  const std::int64_t wall_ms = read_ms(CLOCK_REALTIME);
  if (wall_ms >= protocol::min_captured_at_ms && wall_ms <= protocol::max_captured_at_ms) return wall_ms;
  if (!offered_offset_ms_) return std::nullopt;
  return mono_ms() + *offered_offset_ms_;
}

void PosixClock::offer_wall_ms(std::int64_t wall_ms) {
  offered_offset_ms_ = wall_ms - mono_ms();
}

void PosixClock::sleep_until(std::int64_t deadline_ms) {
  std::unique_lock lock(mutex_);
  for (std::int64_t left_ms = deadline_ms - mono_ms(); left_ms > 0; left_ms = deadline_ms - mono_ms()) {
    const std::chrono::milliseconds wait(std::min(left_ms, longest_wait_ms));
    if (woken_.wait_for(lock, wait, [this] { return wake_; })) break;
  }
  wake_ = false;
}

void PosixClock::wake() {
  {
    const std::lock_guard lock(mutex_);
    wake_ = true;
  }
  woken_.notify_all();
}

}  // namespace heliograph::firmware
