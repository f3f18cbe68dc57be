// Every camera at a glance: where it stands, whether it is well, and whether it does what it should.
//
// A handful of questions to the catalog, however many cameras there are.
#pragma once

#include "server/cameras/orders.hpp"
#include "server/catalog/overview.hpp"
#include "server/catalog/places.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace heliograph::cameras {

// Days whose pictures are counted, today among them: two weeks are what somebody looks for a pattern in.
inline constexpr int overview_days = 14;
// What a camera usually does is asked of so many days before today.
inline constexpr int usual_days = 7;
// A camera that is silent for longer tells nothing of its battery that is still true.
inline constexpr std::chrono::hours vitals_window{48};
// A day has 25 hours when clocks are put back; what began before that is no "today" of anybody.
inline constexpr std::chrono::hours longest_today{25};

struct CameraOverview {
  catalog::CameraSummary summary;
  CameraPresence presence;
  catalog::CameraFacts facts;
  bool frozen = false;                                  // as of Health
  std::optional<std::chrono::milliseconds> clock_skew;  // as of Health
  std::optional<catalog::Place> place;
  std::array<std::int64_t, overview_days> days{};  // pictures of each, the oldest first, today last
  std::optional<std::int64_t> due;                 // how many there should be today by now, by its settings
  std::optional<std::int64_t> usual;               // without such settings: how many there usually are by now
};

// `today`: when the viewer's day began. bad_request: that is in the future, or longer ago than a day lasts.
// By name.
Result<std::vector<CameraOverview>> read_overview(catalog::Catalog& catalog, Timestamp today, Timestamp now);

// The same of what problems are judged by, for who looks often: without places, and without pictures a day,
// which are most of the work.
Result<std::vector<CameraOverview>> read_conditions(catalog::Catalog& catalog, Timestamp now);

}  // namespace heliograph::cameras
