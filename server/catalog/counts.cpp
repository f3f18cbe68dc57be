#include "server/catalog/counts.hpp"

#include <chrono>

namespace heliograph::catalog {
namespace {

constexpr std::string_view change_camera = "UPDATE camera SET image_count = image_count + $2 WHERE id = $1";

Timestamp hour_of(Timestamp time) {
  return std::chrono::floor<std::chrono::hours>(time);
}

}  // namespace

void Tally::add(CameraId camera, Timestamp captured_at) {
  ++hours_[{all_cameras, hour_of(captured_at)}];
  ++hours_[{camera, hour_of(captured_at)}];
  ++cameras_[camera];
}

Result<void> Tally::write(Db& db) const {
  for (const auto& [where, images] : hours_) {
    const auto written = db.execute(
        "INSERT INTO hour_count (camera_id, hour, images) VALUES ($1, $2, $3) "
        "ON CONFLICT (camera_id, hour) DO UPDATE SET images = hour_count.images + excluded.images",
        {where.first, where.second, images});
    if (!written) return written.error();
  }
  for (const auto& [camera, images] : cameras_) {
    if (auto written = db.execute(change_camera, {camera, images}); !written) return written.error();
  }
  return {};
}

Result<void> count_one_less(Db& db, CameraId camera, Timestamp captured_at) {
  for (const CameraId counted : {all_cameras, camera}) {
    for (const std::string_view sql :
         {"UPDATE hour_count SET images = images - 1 WHERE camera_id = $1 AND hour = $2",
          "DELETE FROM hour_count WHERE camera_id = $1 AND hour = $2 AND images = 0"}) {
      if (auto done = db.execute(sql, {counted, hour_of(captured_at)}); !done) return done.error();
    }
  }
  if (auto done = db.execute(change_camera, {camera, -1}); !done) return done.error();
  return {};
}

Result<void> Catalog::recount() {
  return in_exclusive_transaction(*db_, [&] {
    // The remainder is taken twice, so that hours before 1970 begin at their beginning too.
    return db_->execute_script(
        "DELETE FROM hour_count;"
        "INSERT INTO hour_count (camera_id, hour, images)"
        "  SELECT camera_id, captured_at - (captured_at % 3600000 + 3600000) % 3600000, count(*)"
        "  FROM image GROUP BY 1, 2;"
        "INSERT INTO hour_count (camera_id, hour, images)"
        "  SELECT 0, hour, CAST(sum(images) AS BIGINT) FROM hour_count GROUP BY hour;"
        "UPDATE camera SET image_count = (SELECT count(*) FROM image WHERE image.camera_id = camera.id);");
  });
}

}  // namespace heliograph::catalog
