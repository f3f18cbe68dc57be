// How many pictures a camera has taken, of how many it should have by now. Pure.
#pragma once

#include "server/base/base.hpp"
#include "server/cameras/settings.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace heliograph::cameras {

// How many its settings ask for from then until then. None: they do not say how often, or the sun decides.
std::optional<std::int64_t> captures_due(const Rhythm& rhythm, Timestamp from, Timestamp to);

// What it usually has by this hour, of what it had by it on the days before: their median. None: most of
// those days it had nothing.
std::optional<std::int64_t> captures_usual(std::span<const std::int64_t> by_now);

}  // namespace heliograph::cameras
