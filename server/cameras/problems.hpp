// What is wrong with a camera: the one place where that is judged. The dashboard shows it, alerts follow from
// it. Pure.
#pragma once

#include "server/cameras/alert_kind.hpp"
#include "server/cameras/overview.hpp"

#include <string>
#include <vector>

namespace heliograph::cameras {

struct Problem {
  AlertKind kind;
  std::string detail;  // a sentence, as of now

  friend bool operator==(const Problem&, const Problem&) = default;
};

// The worst first; none: all is well, as far as is known.
std::vector<Problem> problems_of(const CameraOverview& camera, Timestamp now);

// A lithium cell that is told to be below this under load has about a tenth of its charge left. Nothing is
// said of what is no single cell: at 0 nothing is measured.
inline constexpr std::int64_t cell_low_mv = 3500;
// An upload takes seconds, on a bad link a minute: what is more is the clock.
inline constexpr std::chrono::minutes clock_tolerance{5};
// Some wait whenever the link is slow.
inline constexpr std::int64_t spool_many = 10;
// A refusal is news for so long.
inline constexpr std::chrono::hours refusal_news{24};

}  // namespace heliograph::cameras
