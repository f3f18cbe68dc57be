#include "server/catalog/overview.hpp"

#include "server/catalog/db.hpp"
#include "server/catalog/overview_sql.hpp"

#include <algorithm>

namespace heliograph::catalog {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

CameraSighting read_sighting(const Row& row) {
  return {row.id<CameraId>(0), {row.time(1), row.time(2), {}}};
}

}  // namespace

Result<std::vector<CameraFacts>> Overview::facts(Timestamp since) {
  return all(db_, sql::camera_facts, {since}, [](const Row& row) {
    CameraFacts facts{.camera = row.id<CameraId>(0),
                      .refused_at = {},
                      .refusal = {},
                      .looks_alike = row.integer(3),
                      .goes_by = std::string(row.text(4)),
                      .battery_mv = row.optional_integer(5),
                      .rssi_dbm = row.optional_integer(6),
                      .spool = row.optional_integer(7)};
    if (!row.is_null(1)) facts.refused_at = row.time(1);
    if (!row.is_null(2)) facts.refusal = std::string(row.text(2));
    return facts;
  });
}

Result<std::vector<DayCount>> Overview::days(const DaysAsked& asked) {
  const Timestamp begins = asked.first - minutes(30);  // of an hour whose middle is the first day's beginning
  const auto today = asked.now - asked.first - hours(24) * (asked.days - 1);
  const auto whole_hours = std::chrono::floor<hours>(today) % hours(24);
  const auto counts =
      all(db_, sql::day_counts, {begins, asked.now, begins, std::chrono::milliseconds(whole_hours).count()},
          [](const Row& row) {
            return DayCount{row.id<CameraId>(0), static_cast<int>(row.integer(1)), row.integer(2),
                            row.integer(3)};
          });
  if (!counts) return counts;
  // When clocks were put back, the last day is longer than the others.
  std::vector<DayCount> days;
  for (DayCount count : *counts) {
    count.day = std::min(count.day, asked.days - 1);
    if (!days.empty() && days.back().camera == count.camera && days.back().day == count.day) {
      days.back().images += count.images;
    } else {
      days.push_back(count);
    }
  }
  return days;
}

Result<std::vector<CameraSighting>> Overview::sightings(int of_each) {
  auto found = all(db_, sql::newest_of_each, {of_each - 1, Timestamp::min()}, read_sighting);
  if (!found) return found;
  const auto arrivals = all(db_, sql::newest_arrivals, {max_recent_arrivals}, read_sighting);
  if (!arrivals) return arrivals;
  found->insert(found->end(), arrivals->begin(), arrivals->end());
  return found;
}

}  // namespace heliograph::catalog
