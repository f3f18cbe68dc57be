// Wall-clock time in whole milliseconds of UTC, its text forms, and the clock that tests can turn.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace heliograph {

using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;
using SteadyTime = std::chrono::steady_clock::time_point;

constexpr std::int64_t to_ms(Timestamp time) {
  return time.time_since_epoch().count();
}
constexpr Timestamp from_ms(std::int64_t ms) {
  return Timestamp{std::chrono::milliseconds{ms}};
}

// "2026-11-22T15:01:02.123Z", RFC 3339: logs, JSON, people.
std::string to_iso(Timestamp time);

// "20261122T150102.123Z": file names. Sorts as text in order of time.
std::string to_compact(Timestamp time);

// The inverse of to_compact; nullopt for any other text, including impossible dates.
std::optional<Timestamp> from_compact(std::string_view text);

// "Sun, 22 Nov 2026 15:01:02 GMT": HTTP headers.
std::string to_http_date(Timestamp time);

// The one source of time. Real in production, turned by hand in tests. Any thread may ask.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Timestamp now() const = 0;      // may jump: for people and for records
  virtual SteadyTime steady() const = 0;  // never jumps: for deadlines and durations
};

// What the wall clock showed at that moment, if nobody has set it since.
Timestamp to_wall(const Clock& clock, SteadyTime moment);

class SystemClock final : public Clock {
 public:
  Timestamp now() const override;
  SteadyTime steady() const override;
};

// A clock that stands still until it is told otherwise. Any thread may ask; one turns it.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Timestamp start) : now_(start) {}
  Timestamp now() const override { return now_; }
  SteadyTime steady() const override { return steady_; }
  void advance(std::chrono::milliseconds by) {
    now_ = now_.load() + by;
    steady_ = steady_.load() + by;
  }
  // As when somebody sets a wall clock: no time passes.
  void jump_to(Timestamp now) { now_ = now; }

 private:
  std::atomic<Timestamp> now_;
  std::atomic<SteadyTime> steady_{SteadyTime{}};
};

}  // namespace heliograph
