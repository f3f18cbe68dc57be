// Whether a board sleeps deeply in the place of a wait: it loses its memory by that, and starts anew. Pure.
#pragma once

#include <cstdint>

namespace heliograph::firmware {

// A start costs the current of so long a wait, milliseconds: below it is better to stay awake.
inline constexpr std::int64_t least_deep_sleep_ms = 60'000;
// The chip's timer is set for so long at most, milliseconds: it drifts by some per cent, and a board that is
// awake once a day can be told that it was wrong.
inline constexpr std::int64_t most_deep_sleep_ms = std::int64_t{24} * 3'600'000;
// Awake for so long after a start that was not a wake-up, milliseconds: somebody may be at the board.
inline constexpr std::int64_t awake_after_start_ms = 300'000;

struct SleepView {
  bool may_sleep = false;  // its server does not want its link
  bool is_provisioned = false;
  bool portal_is_open = false;
  bool on_trial = false;   // of a program, which a restart would end
  bool in_memory = false;  // pictures wait in memory, which would be lost
  bool woke_from_sleep = false;
  std::int64_t up_ms = 0;    // since the start
  std::int64_t wait_ms = 0;  // how long it would wait
};

// Milliseconds to sleep; 0: it stays awake.
constexpr std::int64_t deep_sleep_ms(const SleepView& view) {
  if (!view.may_sleep || !view.is_provisioned || view.portal_is_open || view.on_trial || view.in_memory)
    return 0;
  if (!view.woke_from_sleep && view.up_ms < awake_after_start_ms) return 0;
  if (view.wait_ms < least_deep_sleep_ms) return 0;
  return view.wait_ms < most_deep_sleep_ms ? view.wait_ms : most_deep_sleep_ms;
}

}  // namespace heliograph::firmware
