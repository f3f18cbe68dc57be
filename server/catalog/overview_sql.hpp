// The statements about all cameras at once, where their test can ask each engine how it would run them: they
// must look at a few rows of each camera, whatever its years have left.
#pragma once

#include <string_view>

namespace heliograph::catalog::sql {

// $1: since when. Of the last slots, so that a camera that never tells of its battery is not searched for it.
#define LAST_TOLD(value, table)                                                                 \
  "(SELECT " value "_least FROM (SELECT at, " value "_least FROM " table                        \
  " WHERE camera_id = camera.id AND at >= $1 ORDER BY at DESC LIMIT 12) AS lately WHERE " value \
  "_least IS NOT NULL ORDER BY at DESC LIMIT 1)"
inline constexpr std::string_view camera_facts =
    "SELECT camera.id, refused_at, refusal, looks_alike, COALESCE(applied, wanted, '{}'), " LAST_TOLD(
        "battery_mv", "telemetry_slot") ", " LAST_TOLD("rssi_dbm", "telemetry_slot") ", "
    LAST_TOLD("spool", "telemetry_more_slot")
    " FROM camera LEFT JOIN camera_settings ON camera_settings.camera_id = camera.id "
    "WHERE removed_at IS NULL ORDER BY camera.id";
#undef LAST_TOLD

// CROSS JOIN: SQLite would read the hours of all years, and ask of each whose it is.
// $1: the first hour; $2: behind the last; $3: half an hour before the first day; $4: how far today is.
inline constexpr std::string_view day_counts =
    "SELECT hour_count.camera_id, (hour - $3) / 86400000, CAST(sum(images) AS BIGINT), "
    "CAST(sum(CASE WHEN (hour - $3) % 86400000 < $4 THEN images ELSE 0 END) AS BIGINT) "
    "FROM camera CROSS JOIN hour_count WHERE removed_at IS NULL AND hour_count.camera_id = camera.id "
    "AND hour >= $1 AND hour < $2 GROUP BY 1, 2 ORDER BY 1, 2";

// $1: how many of each, less one; $2: before every picture.
inline constexpr std::string_view newest_of_each =
    "WITH edge AS MATERIALIZED (SELECT camera.id AS camera_id, COALESCE((SELECT captured_at FROM image "
    "WHERE image.camera_id = camera.id AND trashed_at IS NULL ORDER BY captured_at DESC, id DESC LIMIT 1 "
    "OFFSET $1), $2) AS since "
    "FROM camera WHERE removed_at IS NULL) "
    "SELECT image.camera_id, captured_at, received_at FROM edge "
    "JOIN image ON image.camera_id = edge.camera_id AND captured_at >= since AND trashed_at IS NULL";
// $1: how many.
inline constexpr std::string_view newest_arrivals =
    "SELECT camera_id, captured_at, received_at FROM image ORDER BY received_at DESC LIMIT $1";

inline constexpr std::string_view told_places =
    "SELECT camera.id, lat_e7_most, lon_e7_most FROM camera JOIN telemetry_slot ON camera_id = camera.id "
    "AND at = (SELECT newest.at FROM telemetry_slot AS newest WHERE newest.camera_id = camera.id "
    "AND newest.lat_e7_most IS NOT NULL AND newest.lon_e7_most IS NOT NULL ORDER BY newest.at DESC LIMIT 1) "
    "WHERE removed_at IS NULL ORDER BY camera.id";
inline constexpr std::string_view places_by_hand =
    "SELECT camera_id, lat_e7, lon_e7 FROM camera_place JOIN camera ON camera.id = camera_id "
    "WHERE removed_at IS NULL ORDER BY camera_id";

}  // namespace heliograph::catalog::sql
