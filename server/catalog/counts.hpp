// The counts of images, and of their bytes, by hour and by camera: kept beside the images, so that nobody has
// to read them to know how many there are.
#pragma once

#include "server/base/error.hpp"
#include "server/base/id.hpp"
#include "server/base/time.hpp"
#include "server/catalog/catalog.hpp"
#include "server/catalog/db.hpp"

#include <cstdint>
#include <map>
#include <utility>

namespace heliograph::catalog {

// Under this id stand the hours of all cameras together.
inline constexpr CameraId all_cameras{0};

// What a batch adds to the counts, or takes out of them, gathered so that each row is written once.
class Tally {
 public:
  void add_stored(const Image& image);
  void add_repeat(const Image& image);
  void add_removed(CameraId camera, Timestamp captured_at, std::int64_t size_bytes);

  // Inside of a transaction. Always in the same order, so that two writers may wait for each other here, but
  // never in a circle. A tally is either of what came or of what went: `write` is for the one, `take_out` for
  // the other.
  Result<void> write(Db& db) const;
  Result<void> take_out(Db& db) const;

 private:
  struct Sum {
    std::int64_t images = 0;
    std::int64_t bytes = 0;
  };
  struct CameraSum {
    Sum stored;
    std::int64_t repeats = 0;
    Timestamp accepted_at = Timestamp::min();
  };

  void count(CameraId camera, Timestamp captured_at, std::int64_t size_bytes);

  std::map<std::pair<CameraId, Timestamp>, Sum> hours_;  // by camera and beginning of the hour
  std::map<CameraId, CameraSum> cameras_;
};

}  // namespace heliograph::catalog
