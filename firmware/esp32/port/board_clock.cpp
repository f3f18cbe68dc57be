#include "firmware/esp32/port/board_clock.hpp"

#include "firmware/esp32/port/system_time.hpp"
#include "protocol/upload.hpp"

#include <algorithm>
#include <esp_timer.h>

namespace heliograph::firmware {

namespace {

// One wait at most, milliseconds: ticks have 32 bits.
constexpr std::int64_t longest_wait_ms = 600'000;

}  // namespace

BoardClock::BoardClock(KnownTime& time) : time_(time), woken_(xSemaphoreCreateBinary()) {}

BoardClock::~BoardClock() {
  vSemaphoreDelete(woken_);
}

std::int64_t BoardClock::mono_ms() const {
  return esp_timer_get_time() / 1000;
}

std::optional<std::int64_t> BoardClock::wall_ms() const {
  if (time_.source() == TimeSource::nobody) return std::nullopt;
  return system_time_ms();
}

void KnownTime::offer(std::int64_t wall_ms, TimeSource source) {
  const bool plausible = wall_ms >= protocol::min_captured_at_ms && wall_ms <= protocol::max_captured_at_ms;
  if (!plausible || source < source_) return;
  set_system_time_ms(wall_ms);
  source_ = source;
}

void BoardClock::sleep_until(std::int64_t deadline_ms) {
  if (long_wait_ != nullptr) long_wait_->about_to_wait(deadline_ms);
  wait_until(deadline_ms);
  if (long_wait_ != nullptr) long_wait_->waited();
}

void BoardClock::wait_until(std::int64_t deadline_ms) {
  for (std::int64_t left_ms = deadline_ms - mono_ms(); left_ms > 0; left_ms = deadline_ms - mono_ms()) {
    // A tick more, so that it is not asked again and again for the rest of one.
    const TickType_t ticks = pdMS_TO_TICKS(std::min(left_ms, longest_wait_ms)) + 1;
    if (xSemaphoreTake(woken_, ticks) == pdTRUE) return;
  }
  xSemaphoreTake(woken_, 0);  // a wake() that came before ends this wait, and not the next
}

void BoardClock::wake() {
  xSemaphoreGive(woken_);
}

}  // namespace heliograph::firmware
