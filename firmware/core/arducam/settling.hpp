// Which frames a sensor gives before it sees right, and are thrown away. A decision and no wait: exposure and
// balance move with the frames that are taken.
#pragma once

#include <cstdint>

namespace heliograph::firmware::mega {

// After a reset, or a rest: measured by others on the 3MP sensor, whose first half second is green and dark.
inline constexpr int frames_after_waking = 2;
inline constexpr std::int64_t ms_after_waking = 500;
// A frame that was begun before a register was written shows some of both.
inline constexpr int frames_after_change = 1;
// The smallest frames take some 60 ms; more than these, and the clock or the sensor is not what it was.
inline constexpr int max_discarded = 12;

class Settling {
 public:
  void woke(std::int64_t now_ms);
  void changed();

  // A frame is done: is it one to keep? Counts it if not.
  bool keeps(std::int64_t now_ms);

 private:
  int to_discard_ = 0;
  int discarded_ = 0;
  std::int64_t settled_ms_ = 0;
};

}  // namespace heliograph::firmware::mega
