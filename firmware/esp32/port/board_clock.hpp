// Clock of a board: esp_timer counts, and the wall clock is as good as whoever told it.
#pragma once

#include "firmware/core/platform/clock.hpp"

#include <atomic>

#include <freertos/FreeRTOS.h>
#include <freertos/semphr.h>

namespace heliograph::firmware {

// Who told the time; a better one is not overruled by a worse one.
enum class TimeSource {
  nobody,
  retained,  // it was known before a deep sleep, and the board's own oscillator drifts
  modem,     // the mobile network, to the second
  server,    // a Date header, to a second or so
  ntp
};

// How well the system's clock is known. One of it in a program: every task's clock shows the same time. Any
// task.
class KnownTime {
 public:
  // `retained`: it was set before a deep sleep, and went on.
  explicit KnownTime(bool retained) : source_(retained ? TimeSource::retained : TimeSource::nobody) {}

  // Sets the system's clock, unless somebody better has.
  void offer(std::int64_t wall_ms, TimeSource source);
  // NTP has set it itself.
  void was_set_by_ntp() { source_ = TimeSource::ntp; }
  TimeSource source() const { return source_; }

 private:
  std::atomic<TimeSource> source_;
};

// Lets a board sleep deeply in the place of a long wait, or doze in it. Called on the thread that waits.
class LongWait {
 public:
  // Does not return when it sleeps deeply.
  virtual void about_to_wait(std::int64_t until_ms) = 0;
  // It is over.
  virtual void waited() = 0;

 protected:
  ~LongWait() = default;
};

class BoardClock final : public Clock {
 public:
  // Outlives this.
  explicit BoardClock(KnownTime& time);
  BoardClock(const BoardClock&) = delete;
  BoardClock& operator=(const BoardClock&) = delete;
  ~BoardClock();

  std::int64_t mono_ms() const override;
  std::optional<std::int64_t> wall_ms() const override;
  void offer_wall_ms(std::int64_t wall_ms) override { time_.offer(wall_ms, TimeSource::server); }
  void sleep_until(std::int64_t deadline_ms) override;
  void wake() override;

  // Before the clock is used; null: nobody. It outlives this.
  void lend_long_waits(LongWait* taker) { long_wait_ = taker; }

 private:
  void wait_until(std::int64_t deadline_ms);

  KnownTime& time_;
  SemaphoreHandle_t woken_;  // binary
  LongWait* long_wait_ = nullptr;
};

}  // namespace heliograph::firmware
