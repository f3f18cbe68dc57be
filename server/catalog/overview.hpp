// What is shown of all cameras at once: each verb is one question, however many cameras there are. Removed
// cameras are left out.
#pragma once

#include "server/catalog/catalog.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace heliograph::catalog {

class Db;

// How one camera is, as far as its row and its last words say.
struct CameraFacts {
  CameraId camera;
  std::optional<Timestamp> refused_at;  // its last refusal
  std::optional<std::string> refusal;   // and why
  std::int64_t looks_alike = 0;         // as of CameraRecord
  std::string goes_by;                  // its settings: JSON, as it applied them, or else as it was told
  // The least of the last five minutes that it told of.
  std::optional<std::int64_t> battery_mv;
  std::optional<std::int64_t> rssi_dbm;
  std::optional<std::int64_t> spool;  // pictures that wait in it

  friend bool operator==(const CameraFacts&, const CameraFacts&) = default;
};

// Pictures of one camera in one of several days.
struct DayCount {
  CameraId camera;
  int day = 0;  // 0: the first of them
  std::int64_t images = 0;
  std::int64_t by_now = 0;  // of these, before the hour of the day that it is now

  friend bool operator==(const DayCount&, const DayCount&) = default;
};

struct DaysAsked {
  Timestamp first;  // where the first of them begins; each is 24 hours long
  int days = 0;     // the last one goes on until `now`, however long that is
  Timestamp now;
};

// A picture's times, and whose it is.
struct CameraSighting {
  CameraId camera;
  Sighting times;  // without its sender's name
};

// Uses the connection of a Catalog: on its thread, and no longer than it lives. Errors as there.
class Overview {
 public:
  explicit Overview(Catalog& catalog) : db_(*catalog.db_) {}

  // What was told before `since` is not told any more.
  Result<std::vector<CameraFacts>> facts(Timestamp since);
  // By camera and day; a day without pictures has no entry. An hour (UTC) is of the day that its middle is
  // in.
  Result<std::vector<DayCount>> days(const DaysAsked& asked);
  // The newest `of_each` of every camera by capture, and the newest max_recent_arrivals of all together.
  Result<std::vector<CameraSighting>> sightings(int of_each);

 private:
  Db& db_;
};

}  // namespace heliograph::catalog
