// Where cameras stand: where they told of last, unless somebody has put them elsewhere on the map.
#pragma once

#include "server/catalog/catalog.hpp"

#include <cstdint>
#include <vector>

namespace heliograph::catalog {

class Db;

// WGS 84, 1e-7 degrees.
struct Place {
  CameraId camera;
  std::int64_t lat_e7 = 0;
  std::int64_t lon_e7 = 0;
  bool by_hand = false;  // somebody has put it there; false: it told so itself

  friend bool operator==(const Place&, const Place&) = default;
};

// Uses the connection of a Catalog: on its thread, and no longer than it lives. Errors as there.
class Places {
 public:
  explicit Places(Catalog& catalog) : db_(*catalog.db_) {}

  // Of all cameras that have a place; removed ones are left out. One question, however many they are.
  Result<std::vector<Place>> all();
  // Where they told of last, wherever somebody has put them: what they go by themselves.
  Result<std::vector<Place>> told();
  // Puts a camera there by hand. not_found: there is no such camera, or it was removed.
  Result<void> set(CameraId camera, std::int64_t lat_e7, std::int64_t lon_e7);
  // From now on it stands where it tells, if it does. False: nobody had put it anywhere.
  Result<bool> clear(CameraId camera);

 private:
  Db& db_;
};

}  // namespace heliograph::catalog
