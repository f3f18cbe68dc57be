// The statements that must stay fast at a million images, where their test can ask each engine how it would
// run them; and how an image is read from a row.
#pragma once

#include "server/catalog/catalog.hpp"
#include "server/catalog/db.hpp"
#include "server/catalog/key_rules_sql.hpp"

#include <string_view>

namespace heliograph::catalog {

// An image has its columns in this order wherever it is read.
#define IMAGE_COLUMNS                                                                             \
  "image.id, image.camera_id, image.captured_at, image.received_at, image.boot, image.sequence, " \
  "image.sha256, image.size_bytes, image.width, image.height, image.starred, image.salvaged, "    \
  "image.trashed_at, image.placeholder, image.motion_ppm"
#define SELECT_FILED_IMAGES \
  "SELECT " IMAGE_COLUMNS ", camera.folder FROM image JOIN camera ON camera.id = image.camera_id "
#define SELECT_FILED_QUARANTINE                                                                      \
  "SELECT quarantine.id, camera_id, received_at, reason, boot, sequence, sha256, size_bytes, head, " \
  "salvaged_id, folder FROM quarantine JOIN camera ON camera.id = camera_id "

inline constexpr int image_column_count = 15;
Image read_image(const Row& row, int first_column = 0);
FiledImage read_filed_image(const Row& row);

namespace sql {

// $1, $2: the key the page lies behind; $3: the earliest time; $4: how many; $5: the camera.
inline constexpr std::string_view page_of_all = SELECT_FILED_IMAGES
    "WHERE (captured_at, image.id) < ($1, $2) AND captured_at >= $3 AND trashed_at IS NULL "
    "ORDER BY captured_at DESC, image.id DESC LIMIT $4";
inline constexpr std::string_view page_of_camera = SELECT_FILED_IMAGES
    "WHERE camera_id = $5 AND (captured_at, image.id) < ($1, $2) AND captured_at >= $3 "
    "AND trashed_at IS NULL "
    "ORDER BY captured_at DESC, image.id DESC LIMIT $4";
// The last at or before $2 and the first after it, no earlier than $3 and no later than $4: two looks into
// the camera's index.
inline constexpr std::string_view around_a_moment = SELECT_FILED_IMAGES
    "WHERE image.id IN ((SELECT before.id FROM image AS before WHERE before.camera_id = $1 "
    "AND before.captured_at <= $2 AND before.captured_at >= $3 AND before.trashed_at IS NULL "
    "ORDER BY before.captured_at DESC, before.id DESC LIMIT 1), "
    "(SELECT later.id FROM image AS later WHERE later.camera_id = $1 "
    "AND later.captured_at > $2 AND later.captured_at <= $4 AND later.trashed_at IS NULL "
    "ORDER BY later.captured_at, later.id LIMIT 1)) ORDER BY captured_at";
inline constexpr std::string_view stored_image_by_id = SELECT_FILED_IMAGES "WHERE image.id = $1";
inline constexpr std::string_view image_by_id =
    SELECT_FILED_IMAGES "WHERE image.id = $1 AND +trashed_at IS NULL";

// The trash. $1, $2: the key the page lies behind; $3: how many.
inline constexpr std::string_view trash_page = SELECT_FILED_IMAGES
    "WHERE trashed_at IS NOT NULL AND (trashed_at, image.id) < ($1, $2) "
    "ORDER BY trashed_at DESC, image.id DESC LIMIT $3";
inline constexpr std::string_view oldest_trash = SELECT_FILED_IMAGES
    "WHERE trashed_at IS NOT NULL AND (trashed_at, image.id) > ($1, $2) "
    "ORDER BY trashed_at, image.id LIMIT $3";
inline constexpr std::string_view images_after_id =
    SELECT_FILED_IMAGES "WHERE image.id > $1 ORDER BY image.id LIMIT $2";
inline constexpr std::string_view last_batch =
    "SELECT " IMAGE_COLUMNS
    ", camera.folder FROM last_batch JOIN image ON image.id = last_batch.image_id "
    "JOIN camera ON camera.id = image.camera_id ORDER BY last_batch.image_id";

inline constexpr std::string_view image_by_sender =
    "SELECT id, captured_at, sha256 FROM image WHERE camera_id = $1 AND boot = $2 AND sequence = $3";
inline constexpr std::string_view whole_image_by_sender =
    "SELECT " IMAGE_COLUMNS " FROM image WHERE camera_id = $1 AND boot = $2 AND sequence = $3";
// The hash alone decides; an image has at most a few equals.
inline constexpr std::string_view nameless_image_by_hash =
    "SELECT id, captured_at FROM image WHERE camera_id = $1 AND sha256 = $2 AND boot IS NULL "
    "ORDER BY id LIMIT 1";
inline constexpr std::string_view recent_image_by_hash =
    "SELECT id, captured_at FROM image WHERE camera_id = $1 AND sha256 = $2 AND received_at > $3 "
    "ORDER BY id LIMIT 1";

// $1, $2: the key the page lies behind; $3: the time it ends before; $4: how many; $5: the camera.
#define SELECT_KEPT_IMAGES "SELECT id, camera_id, captured_at, received_at, size_bytes, starred FROM image "
inline constexpr std::string_view oldest_of_all = SELECT_KEPT_IMAGES
    "WHERE (captured_at, id) > ($1, $2) AND captured_at < $3 AND trashed_at IS NULL "
    "ORDER BY captured_at, id LIMIT $4";
inline constexpr std::string_view oldest_of_camera = SELECT_KEPT_IMAGES
    "WHERE camera_id = $5 AND (captured_at, id) > ($1, $2) AND captured_at < $3 AND trashed_at IS NULL "
    "ORDER BY captured_at, id LIMIT $4";
#undef SELECT_KEPT_IMAGES
// What somebody threw away was sent all the same. One range of each index; the newest of both are chosen.
#define SELECT_SIGHTINGS(trashed)                                                                       \
  "SELECT * FROM (SELECT captured_at, received_at, boot, sequence, id FROM image WHERE camera_id = $1 " \
  "AND captured_at >= $2 AND trashed_at IS " trashed                                                    \
  " ORDER BY captured_at DESC, id DESC LIMIT $3) AS "                                                   \
  "sighted "
inline constexpr std::string_view sightings = SELECT_SIGHTINGS("NULL") "UNION ALL " SELECT_SIGHTINGS(
    "NOT NULL") "ORDER BY captured_at DESC, id DESC LIMIT $3";
#undef SELECT_SIGHTINGS
// Who claims no time gets that of arrival.
inline constexpr std::string_view recent_claims =
    "SELECT captured_at, received_at, boot, sequence FROM (SELECT camera_id, captured_at, received_at, boot, "
    "sequence "
    "FROM image ORDER BY received_at DESC LIMIT $2) AS newest "
    "WHERE camera_id = $1 AND captured_at <> received_at ORDER BY received_at DESC LIMIT $3";

inline constexpr std::string_view quarantine_page = SELECT_FILED_QUARANTINE
    "WHERE camera_id = $1 AND (received_at, quarantine.id) < ($2, $3) "
    "ORDER BY received_at DESC, quarantine.id DESC LIMIT $4";
inline constexpr std::string_view quarantined_by_id = SELECT_FILED_QUARANTINE "WHERE quarantine.id = $1";
inline constexpr std::string_view whole_quarantine =
    SELECT_FILED_QUARANTINE "ORDER BY received_at, quarantine.id";

inline constexpr std::string_view histogram =
    "SELECT hour, images, bytes FROM hour_count WHERE camera_id = $1 ORDER BY hour";
inline constexpr std::string_view hours_of_all =
    "SELECT hour, images, bytes FROM hour_count WHERE camera_id = $1 AND hour >= $2 AND hour < $3 ORDER BY "
    "hour";
// One range of hours for each camera.
inline constexpr std::string_view arrivals =
    "SELECT camera.id, COALESCE((SELECT CAST(sum(hour_count.bytes) AS BIGINT) FROM hour_count "
    "WHERE hour_count.camera_id = camera.id AND hour >= $1 AND hour < $2), 0) FROM camera ORDER BY camera.id";
inline constexpr std::string_view last_received =
    "SELECT received_at FROM image ORDER BY received_at DESC LIMIT 1";

// A camera's newest image is one look into its index.
inline constexpr std::string_view camera_summaries =
    "SELECT camera.id, name, folder, created_at, " KEY_RULES_COLUMNS
    ", image_count, image_bytes, " IMAGE_COLUMNS
    " FROM camera LEFT JOIN image ON image.id = "
    "(SELECT newest.id FROM image AS newest WHERE newest.camera_id = camera.id AND newest.trashed_at IS NULL "
    "ORDER BY newest.captured_at DESC, newest.id DESC LIMIT 1) "
    "WHERE removed_at IS NULL ORDER BY name";

}  // namespace sql

#undef SELECT_FILED_QUARANTINE
#undef SELECT_FILED_IMAGES
#undef IMAGE_COLUMNS

}  // namespace heliograph::catalog
