#include "firmware/core/backoff.hpp"

#include <algorithm>

namespace heliograph::firmware {

std::int64_t random_up_to(Random& random, std::int64_t bound_ms) {
  return static_cast<std::int64_t>(random.next() % (static_cast<std::uint64_t>(bound_ms) + 1));
}

std::int64_t Backoff::next_ms() {
  const std::int64_t pause_ms = random_up_to(random_, bound_ms_);
  bound_ms_ = std::min(bound_ms_ * 2, backoff_cap_ms);
  return pause_ms;
}

}  // namespace heliograph::firmware
