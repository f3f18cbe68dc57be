// The telemetry of cameras over time: in slots of five minutes, each with the least and the most of a value.
#pragma once

#include "protocol/telemetry.hpp"
#include "server/catalog/catalog.hpp"

#include <chrono>
#include <vector>

namespace heliograph::catalog {

class Db;

inline constexpr std::chrono::minutes telemetry_slot{5};
// What old slots become, and from when on: a month in detail is what somebody looks back for.
inline constexpr std::chrono::hours old_telemetry_slot{1};
inline constexpr std::chrono::hours telemetry_detail{24 * 30};

struct TelemetrySpan {
  Timestamp at;  // its beginning
  protocol::Telemetry least;
  protocol::Telemetry most;

  friend bool operator==(const TelemetrySpan&, const TelemetrySpan&) = default;
};

// Uses the connection of a Catalog: on its thread, and no longer than it lives. Errors as there.
class Series {
 public:
  explicit Series(Catalog& catalog) : db_(*catalog.db_) {}

  Result<void> add(CameraId camera, Timestamp at, const protocol::Telemetry& telemetry);
  // For from <= at < to, by spans of `step`, which is a whole number of slots. In order of time.
  Result<std::vector<TelemetrySpan>> spans(CameraId camera, Timestamp from, Timestamp to,
                                           std::chrono::milliseconds step);
  // Makes hours of the slots of all cameras that are older, camera by camera, so that nobody waits for long.
  // Returns how many slots went.
  Result<std::int64_t> thin(Timestamp before);

 private:
  Db& db_;
};

// The same, in a transaction that has begun.
Result<void> add_to_series(Db& db, CameraId camera, Timestamp at, const protocol::Telemetry& telemetry);

}  // namespace heliograph::catalog
