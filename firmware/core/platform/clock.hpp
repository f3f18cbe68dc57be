// What a port owes the core about time. One thread, the agent's, calls everything but wake().
#pragma once

#include <cstdint>
#include <optional>

namespace heliograph::firmware {

class Clock {
 public:
  // Milliseconds since some moment before the core started. Never goes back, also when the wall clock is set,
  // and counts on while the board sleeps. Every deadline in the core is a value of this clock.
  virtual std::int64_t mono_ms() const = 0;

  // Milliseconds since 1970 UTC; none while nobody has told this board the time. A guess is worse than none:
  // the server then takes the time of arrival, and the picture stands where a person finds it.
  virtual std::optional<std::int64_t> wall_ms() const = 0;

  // What a server's Date header said a moment ago, exact to about a second. For a port without a better
  // source.
  virtual void offer_wall_ms(std::int64_t wall_ms) = 0;

  // Waits until then, or until wake(); a wake() that came before ends the next wait at once.
  virtual void sleep_until(std::int64_t deadline_ms) = 0;

  // Ends the wait. Any thread; not from a signal or interrupt handler.
  virtual void wake() = 0;

 protected:
  ~Clock() = default;  // nobody owns a clock through this
};

}  // namespace heliograph::firmware
