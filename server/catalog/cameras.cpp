#include "server/catalog/catalog.hpp"
#include "server/catalog/db.hpp"
#include "server/catalog/image_sql.hpp"

#include <string>

namespace heliograph::catalog {
namespace {

Camera read_camera(const Row& row) {
  return {row.id<CameraId>(0), std::string(row.text(1)), std::string(row.text(2)), row.time(3)};
}

// The one camera a statement finds.
Result<Camera> camera_where(Db& db, std::string_view sql, Value value, const std::string& sought) {
  auto camera = first(db, sql, {value}, read_camera);
  if (!camera) return camera.error();
  if (!*camera) return Error{ErrorKind::not_found, "there is no camera " + sought};
  return **camera;
}

Result<void> changed_one(const Result<std::int64_t>& changed, CameraId camera) {
  if (!changed) return changed.error();
  if (*changed == 0) return Error{ErrorKind::not_found, "there is no camera " + to_string(camera)};
  return {};
}

Result<void> check_name(std::string_view name) {
  if (!name.empty() && name.size() <= max_camera_name) return {};
  return Error{ErrorKind::bad_request,
               "a camera's name has 1 to " + std::to_string(max_camera_name) + " bytes"};
}

}  // namespace

Result<void> Catalog::add_camera(const Camera& camera, const Sha256Digest& key_hash) {
  const KeyedCamera keyed{camera, key_hash, std::nullopt};
  return add_cameras({&keyed, 1});
}

Result<void> Catalog::add_cameras(std::span<const KeyedCamera> cameras) {
  return in_transaction(*db_, [&]() -> Result<void> {
    for (const auto& [camera, key_hash, group] : cameras) {
      if (auto checked = check_name(camera.name); !checked) return checked;
      const auto added = db_->execute(
          "INSERT INTO camera (id, name, folder, created_at, key_hash, group_id) "
          "VALUES ($1, $2, $3, $4, $5, $6)",
          {camera.id, camera.name, camera.folder, camera.created_at, key_hash, group});
      if (added) continue;
      if (added.error().kind != ErrorKind::conflict) return added.error();
      return Error{ErrorKind::conflict, "the name \"" + camera.name + "\" or the folder \"" + camera.folder +
                                            "\" is another camera's"};
    }
    return {};
  });
}

Result<void> Catalog::rename_camera(CameraId camera, std::string_view name) {
  if (auto checked = check_name(name); !checked) return checked;
  return in_transaction(*db_, [&]() -> Result<void> {
    const auto renamed =
        db_->execute("UPDATE camera SET name = $2 WHERE id = $1 AND removed_at IS NULL", {camera, name});
    if (!renamed && renamed.error().kind == ErrorKind::conflict) {
      return Error{ErrorKind::conflict, "there is a camera called " + std::string(name) + " already"};
    }
    return changed_one(renamed, camera);
  });
}

Result<void> Catalog::remove_camera(CameraId camera) {
  const Timestamp now = SystemClock().now();  // only people read it
  return in_transaction(*db_, [&] {
    return changed_one(db_->execute("UPDATE camera SET key_hash = NULL, old_key_hash = NULL, removed_at = $2 "
                                    "WHERE id = $1 AND removed_at IS NULL",
                                    {camera, now}),
                       camera);
  });
}

Result<Camera> Catalog::camera_by_id(CameraId camera) {
  return camera_where(*db_,
                      "SELECT id, name, folder, created_at FROM camera WHERE id = $1 AND removed_at IS NULL",
                      camera, to_string(camera));
}

Result<Camera> Catalog::camera_by_name(std::string_view name) {
  return camera_where(
      *db_, "SELECT id, name, folder, created_at FROM camera WHERE name = $1 AND removed_at IS NULL", name,
      "called \"" + std::string(name) + '"');
}

Result<Camera> Catalog::camera_by_folder(std::string_view folder) {
  return camera_where(*db_, "SELECT id, name, folder, created_at FROM camera WHERE folder = $1", folder,
                      "with the folder \"" + std::string(folder) + '"');
}

Result<std::vector<CameraSummary>> Catalog::cameras() {
  constexpr int rules_column = 4;
  constexpr int count_column = rules_column + key_rules_columns;
  constexpr int bytes_column = count_column + 1;
  constexpr int first_image_column = bytes_column + 1;
  return all(*db_, sql::camera_summaries, {}, [](const Row& row) {
    CameraSummary summary{read_camera(row), read_key_rules(row, rules_column), row.integer(count_column),
                          row.integer(bytes_column), std::nullopt};
    if (!row.is_null(first_image_column)) summary.last_image = read_image(row, first_image_column);
    return summary;
  });
}

}  // namespace heliograph::catalog
