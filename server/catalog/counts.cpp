#include "server/catalog/counts.hpp"

#include <algorithm>
#include <chrono>

namespace heliograph::catalog {
namespace {

Timestamp hour_of(Timestamp time) {
  return std::chrono::floor<std::chrono::hours>(time);
}

}  // namespace

void Tally::add_stored(const Image& image) {
  for (const CameraId counted : {all_cameras, image.camera}) {
    Sum& hour = hours_[{counted, hour_of(image.captured_at)}];
    ++hour.images;
    hour.bytes += image.size_bytes;
  }
  CameraSum& camera = cameras_[image.camera];
  ++camera.stored.images;
  camera.stored.bytes += image.size_bytes;
  camera.accepted_at = std::max(camera.accepted_at, image.received_at);
}

void Tally::add_repeat(const Image& image) {
  CameraSum& camera = cameras_[image.camera];
  ++camera.repeats;
  camera.accepted_at = std::max(camera.accepted_at, image.received_at);
}

Result<void> Tally::write(Db& db) const {
  for (const auto& [where, sum] : hours_) {
    const auto written = db.execute(
        "INSERT INTO hour_count (camera_id, hour, images, bytes) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (camera_id, hour) DO UPDATE SET images = hour_count.images + excluded.images, "
        "bytes = hour_count.bytes + excluded.bytes",
        {where.first, where.second, sum.images, sum.bytes});
    if (!written) return written.error();
  }
  for (const auto& [camera, sum] : cameras_) {
    const auto written = db.execute(
        "UPDATE camera SET image_count = image_count + $2, image_bytes = image_bytes + $3, "
        "repeats = repeats + $4, "
        "accepted_at = CASE WHEN accepted_at > $5 THEN accepted_at ELSE $5 END WHERE id = $1",
        {camera, sum.stored.images, sum.stored.bytes, sum.repeats, sum.accepted_at});
    if (!written) return written.error();
  }
  return {};
}

Result<void> count_one_less(Db& db, CameraId camera, Timestamp captured_at, std::int64_t size_bytes) {
  for (const CameraId counted : {all_cameras, camera}) {
    const Timestamp hour = hour_of(captured_at);
    const auto taken = db.execute(
        "UPDATE hour_count SET images = images - 1, bytes = bytes - $3 WHERE camera_id = $1 AND hour = $2",
        {counted, hour, size_bytes});
    if (!taken) return taken.error();
    const auto emptied = db.execute(
        "DELETE FROM hour_count WHERE camera_id = $1 AND hour = $2 AND images = 0", {counted, hour});
    if (!emptied) return emptied.error();
  }
  const auto taken = db.execute(
      "UPDATE camera SET image_count = image_count - 1, image_bytes = image_bytes - $2 WHERE id = $1",
      {camera, size_bytes});
  if (!taken) return taken.error();
  return {};
}

Result<void> Catalog::recount() {
  return in_exclusive_transaction(*db_, [&] {
    // The remainder is taken twice, so that hours before 1970 begin at their beginning too.
    return db_->execute_script(
        "DELETE FROM hour_count;"
        "INSERT INTO hour_count (camera_id, hour, images, bytes)"
        "  SELECT camera_id, captured_at - (captured_at % 3600000 + 3600000) % 3600000, count(*),"
        "    CAST(sum(size_bytes) AS BIGINT)"
        "  FROM image GROUP BY 1, 2;"
        "INSERT INTO hour_count (camera_id, hour, images, bytes)"
        "  SELECT 0, hour, CAST(sum(images) AS BIGINT), CAST(sum(bytes) AS BIGINT)"
        "  FROM hour_count GROUP BY hour;"
        "UPDATE camera SET"
        "  image_count = (SELECT count(*) FROM image WHERE image.camera_id = camera.id),"
        "  image_bytes = COALESCE((SELECT CAST(sum(size_bytes) AS BIGINT) FROM image"
        "    WHERE image.camera_id = camera.id), 0);");
  });
}

}  // namespace heliograph::catalog
