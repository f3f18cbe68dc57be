#include "server/catalog/catalog.hpp"
#include "server/catalog/db.hpp"
#include "server/catalog/image_sql.hpp"
#include "server/catalog/looks.hpp"

#include <string>

namespace heliograph::catalog {
namespace {

Sighting read_sighting(const Row& row) {
  Sighting sighting{row.time(0), row.time(1), {}};
  if (!row.is_null(2)) sighting.sender = SenderName{std::string(row.text(2)), row.integer(3)};
  return sighting;
}

// The bytes of an image never change, so the placeholder is for ever; the picture before it may have come, or
// gone, since somebody looked last.
Result<void> keep_look(Db& db, const Look& look) {
  if (look.placeholder.empty()) return {};
  const auto kept = db.execute(
      "UPDATE image SET placeholder = COALESCE(placeholder, $2), motion_ppm = COALESCE($3, motion_ppm) "
      "WHERE id = $1",
      {look.image, std::span<const std::uint8_t>(look.placeholder), look.motion_ppm});
  if (!kept) return kept.error();
  return {};
}

std::optional<Timestamp> optional_time(const Row& row, int column) {
  return row.is_null(column) ? std::nullopt : std::optional(row.time(column));
}

}  // namespace

Result<CameraRecord> Catalog::camera_record(CameraId camera) {
  auto record = first(
      *db_,
      "SELECT id, name, folder, created_at, image_count, accepted_at, repeats, refused_at, refusal, "
      "refusals, looks_alike FROM camera WHERE id = $1",
      {camera}, [](const Row& row) {
        CameraRecord found{
            .camera = {row.id<CameraId>(0), std::string(row.text(1)), std::string(row.text(2)), row.time(3)},
            .image_count = row.integer(4),
            .accepted_at = optional_time(row, 5),
            .repeats = row.integer(6),
            .refused_at = optional_time(row, 7),
            .refusal = {},
            .refusals = row.integer(9),
            .looks_alike = row.integer(10)};
        if (!row.is_null(8)) found.refusal = std::string(row.text(8));
        return found;
      });
  if (!record) return record.error();
  if (!*record) return Error{ErrorKind::not_found, "there is no camera " + to_string(camera)};
  return std::move(**record);
}

Result<std::vector<Sighting>> Catalog::sightings(CameraId camera, Timestamp since, int limit) {
  return all(*db_, sql::sightings, {camera, since, limit}, read_sighting);
}

Result<std::vector<Sighting>> Catalog::recent_claims(CameraId camera, int limit) {
  return all(*db_, sql::recent_claims, {camera, max_recent_arrivals, limit}, read_sighting);
}

Result<void> note_looks(Db& db, std::span<const Look> looks) {
  for (const Look& look : looks) {
    // A newest picture from a time after this one's arrival came from a clock that was wrong then.
    const auto noted = db.execute(
        "UPDATE camera SET looks_alike = CASE WHEN look = $2 THEN looks_alike + 1 ELSE 0 END, "
        "look = $2, look_at = $3 WHERE id = $1 AND (look_at IS NULL OR look_at < $3 OR look_at > $4)",
        {look.camera, look.hash, look.captured_at, look.received_at});
    if (!noted) return noted.error();
    if (auto kept = keep_look(db, look); !kept) return kept;
  }
  return {};
}

}  // namespace heliograph::catalog
