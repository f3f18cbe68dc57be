#include "server/catalog/trash.hpp"

#include "server/catalog/counts.hpp"
#include "server/catalog/db.hpp"
#include "server/catalog/image_sql.hpp"
#include "server/catalog/removing.hpp"

#include <algorithm>
#include <limits>

namespace heliograph::catalog {
namespace {

constexpr TrashKey end_of_trash{Timestamp::max(), ImageId{std::numeric_limits<std::int64_t>::max()}};
constexpr TrashKey beginning_of_trash{Timestamp::min(), ImageId{0}};

// An image on its way in or out, as the counts have to know it.
struct Moved {
  CameraId camera;
  Timestamp captured_at;
  Timestamp received_at;
  std::int64_t size_bytes = 0;
};

Moved read_moved(const Row& row) {
  return {row.id<CameraId>(0), row.time(1), row.time(2), row.integer(3)};
}

}  // namespace

Result<std::vector<ImageId>> Trash::put(std::span<const ImageId> images, Timestamp now) {
  return in_transaction(db_, [&]() -> Result<std::vector<ImageId>> {
    std::vector<ImageId> put;
    Tally tally;
    for (const ImageId id : images) {
      const auto moved = first(db_,
                               "UPDATE image SET trashed_at = $2 WHERE id = $1 AND trashed_at IS NULL "
                               "AND starred = 0 RETURNING camera_id, captured_at, received_at, size_bytes",
                               {id, now}, read_moved);
      if (!moved) return moved.error();
      if (!*moved) continue;
      tally.add_removed((*moved)->camera, (*moved)->captured_at, (*moved)->size_bytes);
      put.push_back(id);
    }
    if (auto counted = tally.take_out(db_); !counted) return counted.error();
    return put;
  });
}

Result<std::vector<ImageId>> Trash::restore(std::span<const ImageId> images) {
  return in_transaction(db_, [&]() -> Result<std::vector<ImageId>> {
    std::vector<ImageId> restored;
    Tally tally;
    for (const ImageId id : images) {
      const auto moved = first(db_,
                               "UPDATE image SET trashed_at = NULL WHERE id = $1 AND trashed_at IS NOT NULL "
                               "RETURNING camera_id, captured_at, received_at, size_bytes",
                               {id}, read_moved);
      if (!moved) return moved.error();
      if (!*moved) continue;
      tally.add_stored({.id = id,
                        .camera = (*moved)->camera,
                        .captured_at = (*moved)->captured_at,
                        .received_at = (*moved)->received_at,
                        .sender = {},
                        .size_bytes = (*moved)->size_bytes});
      restored.push_back(id);
    }
    if (auto counted = tally.write(db_); !counted) return counted.error();
    return restored;
  });
}

Result<std::vector<FiledImage>> Trash::page(std::optional<TrashKey> after, int limit) {
  const TrashKey end = after.value_or(end_of_trash);
  return all(db_, sql::trash_page, {end.trashed_at, end.id, std::clamp(limit, 1, max_page)},
             read_filed_image);
}

Result<std::vector<FiledImage>> Trash::oldest(std::optional<TrashKey> after, int limit) {
  const TrashKey begin = after.value_or(beginning_of_trash);
  return all(db_, sql::oldest_trash, {begin.trashed_at, begin.id, limit}, read_filed_image);
}

Result<std::vector<TrashHolding>> Trash::holdings() {
  return all(db_,
             "SELECT camera_id, count(*), CAST(sum(size_bytes) AS BIGINT), min(trashed_at), max(trashed_at) "
             "FROM image WHERE trashed_at IS NOT NULL GROUP BY camera_id ORDER BY camera_id",
             {}, [](const Row& row) {
               return TrashHolding{row.id<CameraId>(0), row.integer(1), row.integer(2), row.time(3),
                                   row.time(4)};
             });
}

Result<std::vector<Removal>> Trash::remove(std::span<const ImageId> images) {
  constexpr std::string_view take =
      "DELETE FROM image WHERE id = $1 AND trashed_at IS NOT NULL " RETURNING_REMOVAL;
  return in_transaction(db_, [&]() -> Result<std::vector<Removal>> {
    std::vector<Removal> removed;
    for (const ImageId id : images) {
      auto taken = take_row(db_, take, id);
      if (!taken) return taken.error();
      if (*taken) removed.push_back(std::move((*taken)->removal));
    }
    return removed;
  });
}

}  // namespace heliograph::catalog
