// What is done about a camera that fails, rung by rung. Pure.
#pragma once

namespace heliograph::firmware::mega {

enum class Remedy {
  none,
  again,       // take the picture once more
  reset,       // its controller and its sensor
  power_cycle  // where the board can
};

// After so many failures in a row, those of earlier captures too: one that was mended by nothing begins with
// the strongest.
Remedy remedy_after(int failures, bool can_power_cycle);

// Failures in a row after which a capture is reported as failed: once every rung was stood on.
inline constexpr int max_failures = 4;

}  // namespace heliograph::firmware::mega
