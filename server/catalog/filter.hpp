// Which images somebody wants to see, besides those of some cameras and a span of time.
//
// What it costs: starred, noted and tagged images have indexes of their own, and a page, or the counts, cost
// what is marked so, however many images there are besides. A text is looked for in each note. Hours of the
// day are looked at in the index of the gallery, image by image, but for their counts, which come of the hour
// counts where clocks differ from UTC by whole hours. What programs labelled, and what moved, may be half of
// all there is: it has an index for all cameras and one for each, so that a page is as fast as any; the
// counts read all of it.
#pragma once

#include "server/base/time.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace heliograph::catalog {

// Hours of the day where the pictures are looked at, whose clocks are put forward and back: who asks says by
// how much they differ from UTC, and since when. So a new law on summer time is the browser's to know.
struct HoursOfDay {
  struct Offset {
    Timestamp since;
    std::chrono::minutes ahead{0};  // of UTC; negative in the west

    friend bool operator==(const Offset&, const Offset&) = default;
  };

  int from = 0;                 // 0 … 23, the first of them
  int to = 24;                  // 1 … 24, the end; before `from`: it is past midnight
  std::vector<Offset> offsets;  // in order of time; the first one holds before it too. None: UTC

  bool cover(Timestamp time) const;
  // Whole hours of UTC are in or out.
  bool has_whole_hours() const;

  friend bool operator==(const HoursOfDay&, const HoursOfDay&) = default;
};

// Of the picture, in parts per million: what is motion to a filter. A man at the far end of a yard is, and a
// branch in the wind mostly not. The schema has indexes of just these.
inline constexpr int moved_ppm = 3000;

struct ImageFilter {
  bool starred = false;
  bool noted = false;
  std::string tag;   // normalised (marks.hpp); empty: whatever its tags
  std::string text;  // a part of its note, whatever the case of A to Z; empty: whatever it says
  std::optional<HoursOfDay> hours{};  // none: at any time of day
  std::string label{};                // normalised (detections.hpp); empty: whatever was found in it
  bool moved = false;                 // at least moved_ppm of it

  // Of images that people marked.
  bool by_marks() const { return starred || noted || !tag.empty() || !text.empty(); }
  // Of images in which something was found.
  bool by_findings() const { return moved || !label.empty(); }
  bool empty() const { return !by_marks() && !by_findings() && !hours; }

  friend bool operator==(const ImageFilter&, const ImageFilter&) = default;
};

}  // namespace heliograph::catalog
