// What a board knows over a restart or a deep sleep without writing flash: a block in memory that the reset
// leaves alone, with a checksum, because a loss of power does not. Pure.
#pragma once

#include "protocol/telemetry.hpp"

#include <cstdint>

namespace heliograph::firmware {

// Crashes in a row after which a board runs in safe mode: link, updates and log, no camera.
inline constexpr std::uint32_t crash_loop_limit = 4;
// A board that ran for so long has not crashed in a loop, milliseconds.
inline constexpr std::int64_t crash_free_ms = 600'000;

// Lies as it is in memory that survives; whatever is there after a loss of power has another checksum.
struct Retained {
  std::uint32_t crashes = 0;             // in a row, each within crash_free_ms of its start
  std::uint32_t outage_restarts = 0;     // Outage::restarts
  std::uint32_t wakes_without_wifi = 0;  // in a row, of a board that sleeps deeply
  std::uint32_t clock_known = 0;         // 1: the system time was set by somebody who knew it
  std::int64_t next_capture_ms = 0;      // system time; 0: none
  std::int64_t capture_slots = 0;        // how many were planned since power came: which picture is the next
  std::uint32_t checksum = 0;
};

// The checksum that belongs to the rest.
std::uint32_t checksum_of(const Retained& retained);
// What is there, or a new one where nothing is.
Retained recall(const Retained& memory);
void retain(Retained& memory, Retained retained);

struct BootVerdict {
  bool safe_mode = false;
  bool low_load = false;  // after a brownout
};

// A start for this reason; counts crashes.
BootVerdict begin_boot(Retained& retained, protocol::ResetReason reason);
// It has run for crash_free_ms.
void survived(Retained& retained);

}  // namespace heliograph::firmware
