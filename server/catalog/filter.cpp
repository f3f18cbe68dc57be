#include "server/catalog/filter.hpp"

#include <algorithm>

namespace heliograph::catalog {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

}  // namespace

bool HoursOfDay::cover(Timestamp time) const {
  minutes ahead{0};
  if (!offsets.empty()) {
    const auto later =
        std::ranges::upper_bound(offsets, time, {}, [](const Offset& offset) { return offset.since; });
    ahead = later == offsets.begin() ? offsets.front().ahead : std::prev(later)->ahead;
  }
  const Timestamp local = time + ahead;
  const auto hour = std::chrono::floor<hours>(local - std::chrono::floor<std::chrono::days>(local)).count();
  return from < to ? hour >= from && hour < to : hour >= from || hour < to;
}

bool HoursOfDay::has_whole_hours() const {
  const auto whole = [](const Offset& offset) {
    return offset.ahead % hours{1} == minutes{0} && std::chrono::floor<hours>(offset.since) == offset.since;
  };
  return std::ranges::all_of(offsets, whole);
}

}  // namespace heliograph::catalog
