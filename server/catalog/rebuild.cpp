// What fsck and rebuild ask of the catalog.
#include "server/catalog/catalog.hpp"
#include "server/catalog/counts.hpp"
#include "server/catalog/db.hpp"

namespace heliograph::catalog {
namespace {

// The rest is taken twice, so that times before 1970 come out as they do after it.
constexpr std::int64_t day_ms = 86'400'000;

}  // namespace

void ImageSum::add(const Image& image) {
  ++images;
  bytes += image.size_bytes;
  times_of_day += (to_ms(image.captured_at) % day_ms + day_ms) % day_ms;
}

Result<std::int64_t> Catalog::adopt_images(std::span<const Image> images) {
  return in_transaction(*db_, [&]() -> Result<std::int64_t> {
    Tally tally;
    std::int64_t added = 0;
    for (const Image& image : images) {
      const auto inserted = db_->execute(
          "INSERT INTO image (id, camera_id, captured_at, received_at, sha256, size_bytes, width, height)"
          " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING",
          {image.id, image.camera, image.captured_at, image.received_at, image.sha256, image.size_bytes,
           image.width, image.height});
      if (!inserted) return inserted.error();
      if (*inserted == 0) continue;
      tally.add_stored(image);
      ++added;
    }
    if (auto counted = tally.write(*db_); !counted) return counted.error();
    return added;
  });
}

Result<void> Catalog::queue_thumbnails(std::span<const ImageId> images) {
  return in_transaction(*db_, [&]() -> Result<void> {
    for (const ImageId image : images) {
      const auto queued = db_->execute(
          "INSERT INTO job (kind, image_id) SELECT 'thumbnail', id FROM image WHERE id = $1 "
          "ON CONFLICT (image_id, kind) DO UPDATE SET claimable_at = 0, attempts = 0 WHERE job.claimable_at "
          "IS NULL",
          {image});
      if (!queued) return queued.error();
    }
    return {};
  });
}

Result<ImageSum> Catalog::sum_of_images(ImageId last) {
  auto sum =
      first(*db_,
            "SELECT count(*), CAST(COALESCE(sum(size_bytes), 0) AS BIGINT), "
            "CAST(COALESCE(sum((captured_at % 86400000 + 86400000) % 86400000), 0) AS BIGINT) "
            "FROM image WHERE id <= $1",
            {last}, [](const Row& row) { return ImageSum{row.integer(0), row.integer(1), row.integer(2)}; });
  if (!sum) return sum.error();
  return sum->value_or(ImageSum{});
}

Result<Miscounts> Catalog::miscounts() {
  // One statement is one moment on both engines. Both sides of each comparison are added up with opposite
  // signs: what is left over is wrong, on whichever side it is missing.
  auto found = first(
      *db_,
      "WITH counted AS (SELECT camera_id, captured_at - (captured_at % 3600000 + 3600000) % 3600000 AS hour,"
      "    count(*) AS images, CAST(sum(size_bytes) AS BIGINT) AS bytes FROM image "
      "    WHERE trashed_at IS NULL GROUP BY 1, 2),"
      " hours AS (SELECT camera_id, hour, images, bytes FROM counted"
      "   UNION ALL SELECT 0, hour, images, bytes FROM counted"
      "   UNION ALL SELECT camera_id, hour, -images, -bytes FROM hour_count),"
      " cameras AS (SELECT camera_id AS id, images, bytes FROM counted"
      "   UNION ALL SELECT id, -image_count, -image_bytes FROM camera)"
      " SELECT (SELECT count(*) FROM (SELECT 1 FROM hours GROUP BY camera_id, hour"
      "     HAVING sum(images) <> 0 OR sum(bytes) <> 0) AS wrong_hours),"
      "   (SELECT count(*) FROM (SELECT 1 FROM cameras GROUP BY id"
      "     HAVING sum(images) <> 0 OR sum(bytes) <> 0) AS wrong_cameras)",
      {}, [](const Row& row) { return Miscounts{row.integer(0), row.integer(1)}; });
  if (!found) return found.error();
  return found->value_or(Miscounts{});
}

}  // namespace heliograph::catalog
