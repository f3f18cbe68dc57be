#include "server/catalog/catalog.hpp"
#include "server/catalog/db.hpp"
#include "server/catalog/image_sql.hpp"

namespace heliograph::catalog {
namespace {

#define SELECT_UPLOADS \
  "SELECT id, camera_id, created_at, expires_at, size_bytes, about, image_id FROM upload "

Upload read_upload(const Row& row) {
  constexpr int image_column = 6;
  Upload upload{row.id<UploadId>(0), row.id<CameraId>(1),      row.time(2), row.time(3),
                row.integer(4),      std::string(row.text(5)), std::nullopt};
  if (!row.is_null(image_column)) upload.image = row.id<ImageId>(image_column);
  return upload;
}

Result<Upload> upload_where(Db& db, std::string_view sql, Value value) {
  auto found = first(db, sql, {value}, read_upload);
  if (!found) return found.error();
  if (!*found) return Error{ErrorKind::not_found, "there is no such upload"};
  return std::move(**found);
}

// One statement in a transaction of its own.
Result<void> change(Db& db, std::string_view sql, Db::Values values) {
  return in_transaction(db, [&]() -> Result<void> {
    if (auto done = db.execute(sql, values); !done) return done.error();
    return {};
  });
}

}  // namespace

Result<Image> Catalog::image_by_sender(CameraId camera, const SenderName& sender) {
  auto found = first(*db_, sql::whole_image_by_sender, {camera, sender.boot, sender.sequence},
                     [](const Row& row) { return read_image(row); });
  if (!found) return found.error();
  if (!*found) return Error{ErrorKind::not_found, "this camera has sent no image of this name"};
  return std::move(**found);
}

Result<void> Catalog::add_upload(const Upload& upload) {
  auto added =
      change(*db_,
             "INSERT INTO upload (id, camera_id, created_at, expires_at, size_bytes, about, image_id)"
             " VALUES ($1, $2, $3, $4, $5, $6, $7)",
             {upload.id, upload.camera, upload.created_at, upload.expires_at, upload.size_bytes, upload.about,
              upload.image});
  if (added || added.error().kind != ErrorKind::conflict) return added;
  return Error{ErrorKind::unavailable, added.error().detail};
}

Result<Upload> Catalog::upload(UploadId id) {
  return upload_where(*db_, SELECT_UPLOADS "WHERE id = $1", id);
}

Result<std::vector<Upload>> Catalog::open_uploads(CameraId camera) {
  return all(*db_, SELECT_UPLOADS "WHERE camera_id = $1 AND image_id IS NULL ORDER BY expires_at, id",
             {camera}, read_upload);
}

Result<std::int64_t> Catalog::open_upload_bytes() {
  // A sum is NUMERIC in PostgreSQL, and NULL when there is nothing to add.
  const auto sum =
      first(*db_, "SELECT CAST(COALESCE(SUM(size_bytes), 0) AS BIGINT) FROM upload WHERE image_id IS NULL",
            {}, [](const Row& row) { return row.integer(0); });
  if (!sum) return sum.error();
  return sum->value_or(0);
}

Result<Upload> Catalog::upload_of_image(ImageId image) {
  return upload_where(*db_, SELECT_UPLOADS "WHERE image_id = $1 ORDER BY id LIMIT 1", image);
}

Result<void> Catalog::extend_upload(UploadId id, Timestamp expires_at) {
  return change(*db_, "UPDATE upload SET expires_at = $2 WHERE id = $1", {id, expires_at});
}

Result<void> Catalog::finish_upload(UploadId id, ImageId image, Timestamp expires_at) {
  return change(*db_, "UPDATE upload SET image_id = $2, expires_at = $3 WHERE id = $1",
                {id, image, expires_at});
}

Result<void> Catalog::remove_upload(UploadId id) {
  return change(*db_, "DELETE FROM upload WHERE id = $1", {id});
}

Result<std::vector<Upload>> Catalog::expired_uploads(Timestamp now, int limit) {
  return all(*db_, SELECT_UPLOADS "WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2", {now, limit},
             read_upload);
}

#undef SELECT_UPLOADS

}  // namespace heliograph::catalog
