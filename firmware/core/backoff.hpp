// How long to leave a server alone that did not answer.
#pragma once

#include "firmware/core/platform/random.hpp"

#include <cstdint>

namespace heliograph::firmware {

// The first pause is at most this long, the next ones twice the one before …, milliseconds.
inline constexpr std::int64_t backoff_base_ms = 1'000;
// … up to five minutes: longer, and a server that is back stays unnoticed; shorter, and a dead link costs the
// battery.
inline constexpr std::int64_t backoff_cap_ms = 300'000;

// Exponential with full jitter: each pause is drawn evenly between nothing and the bound, so that cameras
// which lost the server in the same second do not come back in the same second.
class Backoff {
 public:
  explicit Backoff(Random& random) : random_(random) {}

  // The pause after one more failure.
  std::int64_t next_ms();

  // After a success.
  void reset() { bound_ms_ = backoff_base_ms; }

 private:
  Random& random_;
  std::int64_t bound_ms_ = backoff_base_ms;
};

// Evenly from 0 to `bound_ms`, both included.
std::int64_t random_up_to(Random& random, std::int64_t bound_ms);

}  // namespace heliograph::firmware
