#include "server/catalog/counts.hpp"

#include <algorithm>
#include <chrono>

namespace heliograph::catalog {
namespace {

Timestamp hour_of(Timestamp time) {
  return std::chrono::floor<std::chrono::hours>(time);
}

}  // namespace

void Tally::count(CameraId camera, Timestamp captured_at, std::int64_t size_bytes) {
  const Timestamp hour = hour_of(captured_at);
  for (Sum* sum : {&hours_[{all_cameras, hour}], &hours_[{camera, hour}], &cameras_[camera].stored}) {
    ++sum->images;
    sum->bytes += size_bytes;
  }
}

void Tally::add_stored(const Image& image) {
  count(image.camera, image.captured_at, image.size_bytes);
  CameraSum& camera = cameras_[image.camera];
  camera.accepted_at = std::max(camera.accepted_at, image.received_at);
}

void Tally::add_removed(CameraId camera, Timestamp captured_at, std::int64_t size_bytes) {
  count(camera, captured_at, size_bytes);
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

Result<void> Tally::take_out(Db& db) const {
  for (const auto& [where, sum] : hours_) {
    const auto taken = db.execute(
        "UPDATE hour_count SET images = images - $3, bytes = bytes - $4 WHERE camera_id = $1 AND hour = $2",
        {where.first, where.second, sum.images, sum.bytes});
    if (!taken) return taken.error();
    const auto emptied =
        db.execute("DELETE FROM hour_count WHERE camera_id = $1 AND hour = $2 AND images = 0",
                   {where.first, where.second});
    if (!emptied) return emptied.error();
  }
  for (const auto& [camera, sum] : cameras_) {
    const auto taken = db.execute(
        "UPDATE camera SET image_count = image_count - $2, image_bytes = image_bytes - $3 WHERE id = $1",
        {camera, sum.stored.images, sum.stored.bytes});
    if (!taken) return taken.error();
  }
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
        "  FROM image WHERE trashed_at IS NULL GROUP BY 1, 2;"
        "INSERT INTO hour_count (camera_id, hour, images, bytes)"
        "  SELECT 0, hour, CAST(sum(images) AS BIGINT), CAST(sum(bytes) AS BIGINT)"
        "  FROM hour_count GROUP BY hour;"
        "UPDATE camera SET"
        "  image_count = (SELECT count(*) FROM image WHERE image.camera_id = camera.id AND trashed_at IS "
        "NULL),"
        "  image_bytes = COALESCE((SELECT CAST(sum(size_bytes) AS BIGINT) FROM image"
        "    WHERE image.camera_id = camera.id AND trashed_at IS NULL), 0);");
  });
}

}  // namespace heliograph::catalog
