#include "server/catalog/places.hpp"

#include "server/catalog/db.hpp"
#include "server/catalog/overview_sql.hpp"

#include <algorithm>

namespace heliograph::catalog {

Result<std::vector<Place>> Places::told() {
  return catalog::all(db_, sql::told_places, {}, [](const Row& row) {
    return Place{row.id<CameraId>(0), row.integer(1), row.integer(2)};
  });
}

Result<std::vector<Place>> Places::all() {
  auto places = catalog::all(db_, sql::places_by_hand, {}, [](const Row& row) {
    return Place{row.id<CameraId>(0), row.integer(1), row.integer(2), true};
  });
  if (!places) return places;
  auto told = this->told();
  if (!told) return told;
  std::erase_if(*told, [&by_hand = *places](const Place& place) {
    return std::ranges::binary_search(by_hand, place.camera, {}, &Place::camera);
  });
  places->insert(places->end(), told->begin(), told->end());
  return places;
}

Result<void> Places::set(CameraId camera, std::int64_t lat_e7, std::int64_t lon_e7) {
  return in_transaction(db_, [&]() -> Result<void> {
    const auto put = db_.execute(
        "INSERT INTO camera_place (camera_id, lat_e7, lon_e7) "
        "SELECT id, $2, $3 FROM camera WHERE id = $1 AND removed_at IS NULL "
        "ON CONFLICT (camera_id) DO UPDATE SET lat_e7 = excluded.lat_e7, lon_e7 = excluded.lon_e7",
        {camera, lat_e7, lon_e7});
    if (!put) return put.error();
    if (*put == 0) return Error{ErrorKind::not_found, "there is no camera " + to_string(camera)};
    return {};
  });
}

Result<bool> Places::clear(CameraId camera) {
  return in_transaction(db_, [&]() -> Result<bool> {
    const auto gone = db_.execute("DELETE FROM camera_place WHERE camera_id = $1", {camera});
    if (!gone) return gone.error();
    return *gone > 0;
  });
}

}  // namespace heliograph::catalog
