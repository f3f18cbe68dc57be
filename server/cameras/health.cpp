#include "server/cameras/health.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace heliograph::cameras {

Result<Health> read_health(catalog::Catalog& catalog, CameraId camera, Timestamp now) {
  auto record = catalog.camera_record(camera);
  if (!record) return record.error();
  auto sightings = catalog.sightings(camera, now - gap_window, max_sightings);
  if (!sightings) return sightings.error();
  const auto claims = catalog.recent_claims(camera, static_cast<int>(clock_sample));
  if (!claims) return claims.error();
  Health health;
  health.frozen = record->looks_alike >= frozen_after;
  health.record = std::move(*record);
  health.sequence = find_gaps(*sightings);
  sightings->insert(sightings->end(), claims->begin(), claims->end());
  health.clock_skew = clock_skew(std::move(*sightings));
  return health;
}

SequenceGaps find_gaps(std::span<const catalog::Sighting> sightings) {
  std::map<std::string_view, std::set<std::int64_t>> numbers;
  for (const catalog::Sighting& sighting : sightings) {
    if (sighting.sender) numbers[sighting.sender->boot].insert(sighting.sender->sequence);
  }
  SequenceGaps found;
  for (const auto& [boot, there] : numbers) {
    std::int64_t expected = *there.begin();
    for (const std::int64_t number : there) {
      if (number > expected) {
        found.missing += number - expected;
        if (found.gaps.size() < max_gaps) found.gaps.push_back({std::string(boot), expected, number - 1});
      }
      expected = number + 1;
    }
  }
  return found;
}

std::optional<std::chrono::milliseconds> clock_skew(std::vector<catalog::Sighting> sightings) {
  // Who claims no time gets that of arrival.
  std::erase_if(sightings, [](const auto& sighting) { return sighting.captured_at == sighting.received_at; });
  if (sightings.empty()) return std::nullopt;
  const auto newest_first = [](const catalog::Sighting& a, const catalog::Sighting& b) {
    return std::pair(b.received_at, b.captured_at) < std::pair(a.received_at, a.captured_at);
  };
  std::ranges::sort(sightings, newest_first);
  const auto twice = std::ranges::unique(sightings);
  sightings.erase(twice.begin(), twice.end());
  sightings.resize(std::min(sightings.size(), clock_sample));
  const auto delay = [](const catalog::Sighting& sighting) {
    return sighting.received_at - sighting.captured_at;
  };
  return delay(std::ranges::min(sightings, {}, delay));
}

}  // namespace heliograph::cameras
