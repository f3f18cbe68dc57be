#include "server/catalog/series.hpp"

#include "server/catalog/db.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <utility>

namespace heliograph::catalog {
namespace {

using protocol::Telemetry;
using std::chrono::milliseconds;
using Member = std::optional<std::int64_t> Telemetry::*;
struct Measure {
  std::string_view name;
  Member member;
};

// A table of slots: a pair of columns for each value, in this order.
struct SlotTable {
  std::string_view name;
  std::vector<Measure> values;
};
const std::array<SlotTable, 2>& slot_tables() {
  static const std::array<SlotTable, 2> tables{{
      {"telemetry_slot",
       {{"battery_mv", &Telemetry::battery_mv},
        {"rssi_dbm", &Telemetry::rssi_dbm},
        {"lat_e7", &Telemetry::lat_e7},
        {"lon_e7", &Telemetry::lon_e7},
        {"temperature_mc", &Telemetry::temperature_mc},
        {"heap_bytes", &Telemetry::heap_bytes},
        {"uptime_s", &Telemetry::uptime_s}}},
      {"telemetry_more_slot",
       {{"solar_mv", &Telemetry::solar_mv},
        {"spool", &Telemetry::spool},
        {"sent_bytes", &Telemetry::sent_bytes},
        {"reset", &Telemetry::reset}}},
  }};
  return tables;
}

// `text` once for each value, with its name for every '@' and the table's for every '#', and a comma before
// each.
std::string for_each_value(const SlotTable& table, std::string_view text) {
  std::string all;
  for (const Measure& value : table.values) {
    all += ", ";
    for (const char c : text) {
      if (c == '@')
        all += value.name;
      else if (c == '#')
        all += table.name;
      else
        all += c;
    }
  }
  return all;
}

std::string insert_into(const SlotTable& table) {
  return "INSERT INTO " + std::string(table.name) + " (camera_id, at" +
         for_each_value(table, "@_least, @_most") + ")";
}

// What a slot becomes that is there already: NULL compares with nothing, so what is known stays.
std::string merge_in(const SlotTable& table) {
  return " ON CONFLICT (camera_id, at) DO UPDATE SET at = excluded.at" +
         for_each_value(table,
                        "@_least = CASE WHEN #.@_least < excluded.@_least THEN #.@_least "
                        "ELSE COALESCE(excluded.@_least, #.@_least) END, "
                        "@_most = CASE WHEN #.@_most > excluded.@_most THEN #.@_most "
                        "ELSE COALESCE(excluded.@_most, #.@_most) END");
}

std::string add_sql(const SlotTable& table) {
  std::string values;
  for (std::size_t i = 0; i < table.values.size(); ++i) {
    const std::string parameter = ", $" + std::to_string(i + 3);
    values += parameter + parameter;
  }
  return insert_into(table) + " VALUES ($1, $2" + values + ")" + merge_in(table);
}

std::string spans_sql(const SlotTable& table) {
  return "SELECT at - at % $4" + for_each_value(table, "min(@_least), max(@_most)") + " FROM " +
         std::string(table.name) + " WHERE camera_id = $1 AND at >= $2 AND at < $3 GROUP BY 1 ORDER BY 1";
}

std::string thin_sql(const SlotTable& table) {
  return insert_into(table) + " SELECT camera_id, at - at % $3" +
         for_each_value(table, "min(@_least), max(@_most)") + " FROM " + std::string(table.name) +
         " WHERE camera_id = $1 AND at < $2 AND at % $3 <> 0 GROUP BY 1, 2" + merge_in(table);
}

// The statements of each table, made once.
using Statements = std::array<std::string, 2>;
Statements each_table(std::string (*make)(const SlotTable&)) {
  return {make(slot_tables()[0]), make(slot_tables()[1])};
}

bool tells_of(const Telemetry& telemetry, const SlotTable& table) {
  return std::ranges::any_of(table.values,
                             [&](const Measure& value) { return (telemetry.*value.member).has_value(); });
}

std::int64_t slot_of(Timestamp at) {
  return to_ms(at) - to_ms(at) % milliseconds(telemetry_slot).count();
}

// The two sides of what is the same time.
void merge_spans(std::vector<TelemetrySpan>& spans, std::vector<TelemetrySpan> others) {
  std::vector<TelemetrySpan> all;
  std::ranges::merge(spans, others, std::back_inserter(all), {}, &TelemetrySpan::at, &TelemetrySpan::at);
  spans.clear();
  for (const TelemetrySpan& span : all) {
    if (spans.empty() || spans.back().at != span.at) {
      spans.push_back(span);
      continue;
    }
    spans.back().least = completed(spans.back().least, span.least);
    spans.back().most = completed(spans.back().most, span.most);
  }
}

}  // namespace

Result<void> add_to_series(Db& db, CameraId camera, Timestamp at, const Telemetry& t) {
  static const Statements insert = each_table(add_sql);
  const std::int64_t slot = slot_of(at);
  if (tells_of(t, slot_tables()[0])) {
    const auto added = db.execute(insert[0], {camera, slot, t.battery_mv, t.rssi_dbm, t.lat_e7, t.lon_e7,
                                              t.temperature_mc, t.heap_bytes, t.uptime_s});
    if (!added) return added.error();
  }
  if (tells_of(t, slot_tables()[1])) {
    const auto added = db.execute(insert[1], {camera, slot, t.solar_mv, t.spool, t.sent_bytes, t.reset});
    if (!added) return added.error();
  }
  return {};
}

Result<void> Series::add(CameraId camera, Timestamp at, const protocol::Telemetry& telemetry) {
  return in_transaction(db_, [&] { return add_to_series(db_, camera, at, telemetry); });
}

Result<std::vector<TelemetrySpan>> Series::spans(CameraId camera, Timestamp from, Timestamp to,
                                                 milliseconds step) {
  static const Statements select = each_table(spans_sql);
  std::vector<TelemetrySpan> spans;
  for (std::size_t i = 0; i < select.size(); ++i) {
    auto found = all(db_, select[i], {camera, from, to, step.count()}, [&](const Row& row) {
      TelemetrySpan span{row.time(0), {}, {}};
      int column = 1;
      for (const Measure& value : slot_tables()[i].values) {
        span.least.*value.member = row.optional_integer(column++);
        span.most.*value.member = row.optional_integer(column++);
      }
      return span;
    });
    if (!found) return found.error();
    merge_spans(spans, std::move(*found));
  }
  return spans;
}

Result<std::int64_t> Series::thin(Timestamp before) {
  constexpr std::int64_t hour_ms = milliseconds(old_telemetry_slot).count();
  const std::int64_t end = to_ms(before) - to_ms(before) % hour_ms;  // an hour is thinned as a whole
  static const Statements insert = each_table(thin_sql);
  std::int64_t gone = 0;
  for (std::size_t i = 0; i < insert.size(); ++i) {
    const std::string from = " FROM " + std::string(slot_tables()[i].name);
    const auto cameras = all(db_, "SELECT DISTINCT camera_id" + from + " WHERE at < $1 AND at % $2 <> 0",
                             {end, hour_ms}, [](const Row& row) { return row.id<CameraId>(0); });
    if (!cameras) return cameras.error();
    for (const CameraId camera : *cameras) {
      const auto thinned = in_transaction(db_, [&]() -> Result<std::int64_t> {
        const auto merged = db_.execute(insert[i], {camera, end, hour_ms});
        if (!merged) return merged.error();
        return db_.execute("DELETE" + from + " WHERE camera_id = $1 AND at < $2 AND at % $3 <> 0",
                           {camera, end, hour_ms});
      });
      if (!thinned) return thinned.error();
      gone += *thinned;
    }
  }
  return gone;
}

}  // namespace heliograph::catalog
