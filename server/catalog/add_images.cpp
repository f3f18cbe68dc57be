#include "server/catalog/catalog.hpp"
#include "server/catalog/counts.hpp"
#include "server/catalog/db.hpp"
#include "server/catalog/image_sql.hpp"
#include "server/catalog/series.hpp"

#include <string>

namespace heliograph::catalog {
namespace {

// One call of add_images, inside of its transaction.
class Batch {
 public:
  explicit Batch(Db& db) : db_(db) {}

  Result<std::vector<AddResult>> add(std::span<const NewImage> images) {
    if (auto begun = change("DELETE FROM last_batch", {}); !begun) return begun.error();
    std::vector<AddResult> results;
    results.reserve(images.size());
    for (const NewImage& image : images) {
      const auto result = image.image.sender ? add_named(image) : add_nameless(image);
      if (!result) return result.error();
      if (result->outcome == Added::duplicate) tally_.add_repeat(image.image);
      results.push_back(*result);
    }
    if (auto counted = tally_.write(db_); !counted) return counted.error();
    return results;
  }

 private:
  using Found = Result<std::optional<AddResult>>;

  Result<AddResult> add_named(const NewImage& added) {
    if (const auto known = known_by_name(added.image); !known || *known) return settled(known);
    if (const auto adopted = adopted_before(added); !adopted || *adopted) return settled(adopted);
    const auto stored = insert(added);
    if (!stored) return stored.error();
    if (*stored) return AddResult{Added::stored, added.image.id, added.image.captured_at};
    // Another connection stored this name since we looked.
    return settled(known_by_name(added.image));
  }

  Result<AddResult> add_nameless(const NewImage& added) {
    if (const auto repeat = repeat_of(added.image); !repeat || *repeat) return settled(repeat);
    const auto stored = insert(added);
    if (!stored) return stored.error();
    return AddResult{Added::stored, added.image.id, added.image.captured_at};
  }

  static Result<AddResult> settled(const Found& found) {
    if (!found) return found.error();
    if (!*found)
      return Error{ErrorKind::unavailable, "an image of the same name is being removed; try again"};
    return **found;
  }

  Found known_by_name(const Image& image) {
    return first(db_, sql::image_by_sender, {image.camera, image.sender->boot, image.sender->sequence},
                 [&](const Row& row) {
                   const bool same = row.digest(2) == image.sha256;
                   return AddResult{same ? Added::duplicate : Added::conflict, row.id<ImageId>(0),
                                    row.time(1)};
                 });
  }

  // A crash lost the row of an image but not its file, which was adopted without its name and what came with
  // it. Now the camera sends it again: both are given back.
  Found adopted_before(const NewImage& added) {
    const Image& image = added.image;
    auto adopted = first(db_, sql::nameless_image_by_hash, {image.camera, image.sha256}, read_duplicate);
    if (!adopted || !*adopted) return adopted;
    const ImageId id = (*adopted)->id;
    const auto named = change("UPDATE image SET boot = $2, sequence = $3, salvaged = $4 WHERE id = $1",
                              {id, image.sender->boot, image.sender->sequence, image.salvaged ? 1 : 0});
    if (!named) return named.error();
    if (auto reported = insert_telemetry(id, added); !reported) return reported.error();
    return adopted;
  }

  Found repeat_of(const Image& image) {
    return first(db_, sql::recent_image_by_hash,
                 {image.camera, image.sha256, image.received_at - repeat_window}, read_duplicate);
  }

  static AddResult read_duplicate(const Row& row) {
    return {Added::duplicate, row.id<ImageId>(0), row.time(1)};
  }

  // False: another connection has just stored an image of this name.
  Result<bool> insert(const NewImage& added) {
    const Image& image = added.image;
    std::optional<std::string_view> boot;
    std::optional<std::int64_t> sequence;
    if (image.sender) {
      boot = image.sender->boot;
      sequence = image.sender->sequence;
    }
    const auto inserted = db_.execute(
        "INSERT INTO image (id, camera_id, captured_at, received_at, boot, sequence, sha256, size_bytes, "
        "width, height, salvaged)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
        " ON CONFLICT (camera_id, boot, sequence) WHERE boot IS NOT NULL DO NOTHING",
        {image.id, image.camera, image.captured_at, image.received_at, boot, sequence, image.sha256,
         image.size_bytes, image.width, image.height, image.salvaged ? 1 : 0});
    if (!inserted) return inserted.error();
    if (*inserted == 0) return false;
    if (auto noted = change("INSERT INTO last_batch (image_id) VALUES ($1)", {image.id}); !noted)
      return noted.error();
    if (auto queued = change("INSERT INTO job (kind, image_id) VALUES ('thumbnail', $1)", {image.id});
        !queued) {
      return queued.error();
    }
    if (auto reported = insert_telemetry(image.id, added); !reported) return reported.error();
    tally_.add_stored(image);
    return true;
  }

  Result<void> insert_telemetry(ImageId id, const NewImage& added) {
    if (!added.telemetry || added.telemetry->empty()) return {};
    const protocol::Telemetry& t = *added.telemetry;
    if (auto kept = add_to_series(db_, added.image.camera, added.image.captured_at, t); !kept) return kept;
    return change(
        "INSERT INTO telemetry (image_id, battery_mv, rssi_dbm, lat_e7, lon_e7, temperature_mc, heap_bytes, "
        "uptime_s)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (image_id) DO NOTHING",
        {id, t.battery_mv, t.rssi_dbm, t.lat_e7, t.lon_e7, t.temperature_mc, t.heap_bytes, t.uptime_s});
  }

  Result<void> change(std::string_view sql, Db::Values values) {
    if (auto done = db_.execute(sql, values); !done) return done.error();
    return {};
  }

  Db& db_;
  Tally tally_;
};

}  // namespace

Result<std::vector<AddResult>> Catalog::add_images(std::span<const NewImage> images) {
  auto results = in_transaction(*db_, [&] { return Batch(*db_).add(images); });
  if (results || results.error().kind != ErrorKind::conflict) return results;
  // Another node made the same id in the same millisecond, or named the same image at the same moment.
  // Nobody's picture is at fault, and sent again it gets another id.
  return Error{ErrorKind::unavailable, results.error().detail};
}

}  // namespace heliograph::catalog
