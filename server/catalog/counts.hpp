// The counts of images by hour and by camera: kept beside the images, so that nobody has to read them to know
// how many there are.
#pragma once

#include "server/base/error.hpp"
#include "server/base/id.hpp"
#include "server/base/time.hpp"
#include "server/catalog/db.hpp"

#include <cstdint>
#include <map>
#include <utility>

namespace heliograph::catalog {

// Under this id stand the hours of all cameras together.
inline constexpr CameraId all_cameras{0};

// What a batch adds to the counts, gathered so that each row is written once.
class Tally {
 public:
  void add(CameraId camera, Timestamp captured_at);

  // Inside of a transaction. Always in the same order, so that two writers may wait for each other here, but
  // never in a circle.
  Result<void> write(Db& db) const;

 private:
  std::map<std::pair<CameraId, Timestamp>, std::int64_t> hours_;  // by camera and beginning of the hour
  std::map<CameraId, std::int64_t> cameras_;
};

// Takes one image out of the counts. Inside of a transaction.
Result<void> count_one_less(Db& db, CameraId camera, Timestamp captured_at);

}  // namespace heliograph::catalog
