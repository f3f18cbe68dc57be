#include "server/catalog/series.hpp"

#include "server/catalog/db.hpp"

#include <array>
#include <string>
#include <utility>

namespace heliograph::catalog {
namespace {

using std::chrono::milliseconds;

using Member = std::optional<std::int64_t> protocol::Telemetry::*;
// In the order of the columns.
constexpr std::array<std::pair<std::string_view, Member>, 7> values{{
    {"battery_mv", &protocol::Telemetry::battery_mv},
    {"rssi_dbm", &protocol::Telemetry::rssi_dbm},
    {"lat_e7", &protocol::Telemetry::lat_e7},
    {"lon_e7", &protocol::Telemetry::lon_e7},
    {"temperature_mc", &protocol::Telemetry::temperature_mc},
    {"heap_bytes", &protocol::Telemetry::heap_bytes},
    {"uptime_s", &protocol::Telemetry::uptime_s},
}};

// `text` once for each value, with its name for every '@', and a comma before each.
std::string for_each_value(std::string_view text) {
  std::string all;
  for (const auto& [name, member] : values) {
    all += ", ";
    for (const char c : text) c == '@' ? all.append(name) : all.append(1, c);
  }
  return all;
}

const std::string& columns() {
  static const std::string text = for_each_value("@_least, @_most");
  return text;
}

// What a slot becomes that is there already: NULL compares with nothing, so what is known stays.
const std::string& merge() {
  static const std::string text =
      " ON CONFLICT (camera_id, at) DO UPDATE SET at = excluded.at" +
      for_each_value(
          "@_least = CASE WHEN telemetry_slot.@_least < excluded.@_least THEN telemetry_slot.@_least "
          "ELSE COALESCE(excluded.@_least, telemetry_slot.@_least) END, "
          "@_most = CASE WHEN telemetry_slot.@_most > excluded.@_most THEN telemetry_slot.@_most "
          "ELSE COALESCE(excluded.@_most, telemetry_slot.@_most) END");
  return text;
}

TelemetrySpan read_span(const Row& row) {
  TelemetrySpan span{row.time(0), {}, {}};
  int column = 1;
  for (const auto& [name, member] : values) {
    span.least.*member = row.optional_integer(column++);
    span.most.*member = row.optional_integer(column++);
  }
  return span;
}

std::int64_t slot_of(Timestamp at) {
  return to_ms(at) - to_ms(at) % milliseconds(telemetry_slot).count();
}

}  // namespace

Result<void> add_to_series(Db& db, CameraId camera, Timestamp at, const protocol::Telemetry& t) {
  static const std::string insert =
      "INSERT INTO telemetry_slot (camera_id, at" + columns() +
      ") VALUES ($1, $2, $3, $3, $4, $4, $5, $5, $6, $6, $7, $7, $8, $8, $9, $9)" + merge();
  if (t.empty()) return {};
  const auto added = db.execute(insert, {camera, slot_of(at), t.battery_mv, t.rssi_dbm, t.lat_e7, t.lon_e7,
                                         t.temperature_mc, t.heap_bytes, t.uptime_s});
  if (!added) return added.error();
  return {};
}

Result<void> Series::add(CameraId camera, Timestamp at, const protocol::Telemetry& telemetry) {
  return in_transaction(db_, [&] { return add_to_series(db_, camera, at, telemetry); });
}

Result<std::vector<TelemetrySpan>> Series::spans(CameraId camera, Timestamp from, Timestamp to,
                                                 milliseconds step) {
  static const std::string select =
      "SELECT at - at % $4" + for_each_value("min(@_least), max(@_most)") +
      " FROM telemetry_slot WHERE camera_id = $1 AND at >= $2 AND at < $3 GROUP BY 1 ORDER BY 1";
  return all(db_, select, {camera, from, to, step.count()}, read_span);
}

Result<std::optional<Series::Position>> Series::position(CameraId camera) {
  return first(db_,
               "SELECT lat_e7_most, lon_e7_most FROM telemetry_slot WHERE camera_id = $1 AND "
               "lat_e7_most IS NOT NULL AND lon_e7_most IS NOT NULL ORDER BY at DESC LIMIT 1",
               {camera}, [](const Row& row) { return Position{row.integer(0), row.integer(1)}; });
}

Result<std::int64_t> Series::thin(Timestamp before) {
  constexpr std::int64_t hour_ms = milliseconds(old_telemetry_slot).count();
  const std::int64_t end = to_ms(before) - to_ms(before) % hour_ms;  // an hour is thinned as a whole
  static const std::string insert = "INSERT INTO telemetry_slot (camera_id, at" + columns() +
                                    ") SELECT camera_id, at - at % $3" +
                                    for_each_value("min(@_least), max(@_most)") +
                                    " FROM telemetry_slot WHERE camera_id = $1 AND at < $2 AND "
                                    "at % $3 <> 0 GROUP BY 1, 2" +
                                    merge();
  const auto cameras =
      all(db_, "SELECT DISTINCT camera_id FROM telemetry_slot WHERE at < $1 AND at % $2 <> 0", {end, hour_ms},
          [](const Row& row) { return row.id<CameraId>(0); });
  if (!cameras) return cameras.error();
  std::int64_t gone = 0;
  for (const CameraId camera : *cameras) {
    const auto thinned = in_transaction(db_, [&]() -> Result<std::int64_t> {
      const auto merged = db_.execute(insert, {camera, end, hour_ms});
      if (!merged) return merged.error();
      return db_.execute("DELETE FROM telemetry_slot WHERE camera_id = $1 AND at < $2 AND at % $3 <> 0",
                         {camera, end, hour_ms});
    });
    if (!thinned) return thinned.error();
    gone += *thinned;
  }
  return gone;
}

}  // namespace heliograph::catalog
