// The first step of a removal (docs/storage.md, P6.1), for one image: its row goes, and the list of removals
// learns of it.
#pragma once

#include "server/catalog/db.hpp"
#include "server/catalog/facts.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace heliograph::catalog {

// What a statement that takes an image's row answers with.
#define RETURNING_REMOVAL                          \
  "RETURNING camera_id, captured_at, size_bytes, " \
  "(SELECT folder FROM camera WHERE camera.id = image.camera_id)"

struct TakenRow {
  CameraId camera;
  Removal removal;
};

// Inside of a transaction. `take` deletes the row of image $1, if it may go, and ends with RETURNING_REMOVAL.
inline Result<std::optional<TakenRow>> take_row(Db& db, std::string_view take, ImageId id) {
  auto taken = first(db, take, {id}, [&](const Row& row) {
    return TakenRow{row.id<CameraId>(0), {id, std::string(row.text(3)), row.time(1), row.integer(2)}};
  });
  if (!taken || !*taken) return taken;
  const auto noted = db.execute("INSERT INTO removal (image_id, camera_id, captured_at) VALUES ($1, $2, $3)",
                                {id, (*taken)->camera, (*taken)->removal.captured_at});
  if (!noted) return noted.error();
  return taken;
}

}  // namespace heliograph::catalog
