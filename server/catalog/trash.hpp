// Images that somebody threw away, until their time is over.
//
// What is in the trash keeps its row and its file, its tags and its note; it is in no list, no share and no
// count, and the rules of retention pass over it. Its sender's repeats are still answered with it. Starred
// images do not go in: a star says that it is to be kept.
#pragma once

#include "server/catalog/catalog.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace heliograph::catalog {

// Where a page of the trash ends; the next one starts behind it.
struct TrashKey {
  Timestamp trashed_at;
  ImageId id;

  friend bool operator==(const TrashKey&, const TrashKey&) = default;
};

// What the trash holds of one camera.
struct TrashHolding {
  CameraId camera;
  std::int64_t images = 0;
  std::int64_t bytes = 0;
  Timestamp first;  // of those that are in it, thrown away
  Timestamp last;

  friend bool operator==(const TrashHolding&, const TrashHolding&) = default;
};

// Uses the connection of a Catalog: on its thread, and no longer than it lives. Errors as there.
class Trash {
 public:
  explicit Trash(Catalog& catalog) : db_(*catalog.db_) {}

  // Each in one transaction, with the counts. Returns those that it was true for, in order: for `put` images
  // that have no star and are not in the trash, for `restore` those that are.
  Result<std::vector<ImageId>> put(std::span<const ImageId> images, Timestamp now);
  Result<std::vector<ImageId>> restore(std::span<const ImageId> images);
  // Last thrown away first, `limit` 1 … max_page.
  Result<std::vector<FiledImage>> page(std::optional<TrashKey> after, int limit);
  // First thrown away first, `limit` at most.
  Result<std::vector<FiledImage>> oldest(std::optional<TrashKey> after, int limit);
  // By camera, those of which nothing is in it left out. Reads every row in it.
  Result<std::vector<TrashHolding>> holdings();
  // As Catalog::remove_images, but of what is in the trash: what was restored by now is left out.
  Result<std::vector<Removal>> remove(std::span<const ImageId> images);

 private:
  Db& db_;
};

}  // namespace heliograph::catalog
