// How is a camera? What its owner would have to find out from its pictures otherwise.
#pragma once

#include "server/base/base.hpp"
#include "server/catalog/catalog.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace heliograph::cameras {

// Numbers of one start of a camera that never came, between some that did.
struct SequenceGap {
  std::string boot;
  std::int64_t first = 0;
  std::int64_t last = 0;  // of them

  friend bool operator==(const SequenceGap&, const SequenceGap&) = default;
};

struct SequenceGaps {
  std::int64_t missing = 0;       // numbers, of all gaps
  std::vector<SequenceGap> gaps;  // the first max_gaps of them, by boot and number

  friend bool operator==(const SequenceGaps&, const SequenceGaps&) = default;
};

struct Health {
  catalog::CameraRecord record;
  // Several pictures in a row looked exactly the same. A sensor's noise never repeats, so this is one old
  // frame sent again; or a sensor that sees nothing but black.
  bool frozen = false;
  SequenceGaps sequence;  // of gap_window
  // How far the camera's clock is behind ours; negative: ahead. None: it claimed no time lately.
  std::optional<std::chrono::milliseconds> clock_skew;
};

// not_found. Reads a few thousand rows at most.
Result<Health> read_health(catalog::Catalog& catalog, CameraId camera, Timestamp now);

// What is missing between the numbers of each boot. A spool that is still being sent looks like a gap until
// it came.
SequenceGaps find_gaps(std::span<const catalog::Sighting> sightings);

// The least delay from the time a picture claims to its arrival, of the last `clock_sample` arrivals that
// claim one. A picture from a spool comes late, but none comes before it was taken; so the least is the
// clock's error and the time of one request.
std::optional<std::chrono::milliseconds> clock_skew(std::vector<catalog::Sighting> sightings);

// Pictures that look like the newest before it counts as frozen: one can be a sketch that sends each frame
// twice.
inline constexpr std::int64_t frozen_after = 3;
// How far back gaps are looked for: older ones are no news. By capture time.
inline constexpr std::chrono::hours gap_window{24};
// Pictures of that window that are looked at: a day of one every nine seconds, read in ten milliseconds.
inline constexpr int max_sightings = 10'000;
// Gaps that are listed. More than these are one finding: the link is bad.
inline constexpr std::size_t max_gaps = 100;
// Arrivals the clock is judged by. A camera that sends a spool sends newer pictures between.
inline constexpr std::size_t clock_sample = 20;

}  // namespace heliograph::cameras
