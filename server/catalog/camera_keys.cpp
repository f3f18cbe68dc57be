#include "server/catalog/camera_keys.hpp"

#include "server/catalog/db.hpp"
#include "server/catalog/key_rules_sql.hpp"
#include "server/catalog/orders_sql.hpp"

#include <string>

namespace heliograph::catalog {
namespace {

#define SELECT_HOLDER "SELECT id, name, folder, created_at, " CAMERA_HAS_ORDERS ", " KEY_RULES_COLUMNS

constexpr int first_rules_column = 5;

KeyHolder read_holder(const Row& row) {
  return {{row.id<CameraId>(0), std::string(row.text(1)), std::string(row.text(2)), row.time(3)},
          read_key_rules(row, first_rules_column),
          row.integer(4) != 0};
}

Error no_camera(const std::string& sought) {
  return {ErrorKind::not_found, "there is no camera " + sought};
}

}  // namespace

Result<void> CameraKeys::set(CameraId camera, const Sha256Digest& key_hash,
                             std::optional<Timestamp> old_key_until) {
  return in_transaction(db_, [&]() -> Result<void> {
    const auto kept = db_.execute(
        "UPDATE camera SET old_key_hash = CASE WHEN CAST($2 AS BIGINT) IS NOT NULL THEN key_hash END, "
        "old_key_until = $2 WHERE id = $1",
        {camera, old_key_until});
    if (!kept) return kept.error();
    const auto changed =
        db_.execute("UPDATE camera SET key_hash = $2, suspect_at = NULL WHERE id = $1 AND removed_at IS NULL",
                    {camera, key_hash});
    if (!changed) return changed.error();
    if (*changed == 0) return no_camera(to_string(camera));
    return {};
  });
}

Result<KeyHolder> CameraKeys::holder(const Sha256Digest& key_hash, Timestamp now) {
  auto holder = first(db_, SELECT_HOLDER " FROM camera WHERE key_hash = $1", {key_hash}, read_holder);
  if (!holder) return holder.error();
  if (*holder) return std::move(**holder);
  auto by_old_key = first(db_, SELECT_HOLDER " FROM camera WHERE old_key_hash = $1 AND old_key_until > $2",
                          {key_hash, now}, read_holder);
  if (!by_old_key) return by_old_key.error();
  if (!*by_old_key) return no_camera("with this key");
  return std::move(**by_old_key);
}

Result<Signer> CameraKeys::signer(CameraId camera, Timestamp now) {
  constexpr int key_column = first_rules_column + key_rules_columns;
  auto signer = first(db_,
                      SELECT_HOLDER
                      ", key_hash, CASE WHEN old_key_until > $2 THEN old_key_hash END FROM camera "
                      "WHERE id = $1 AND removed_at IS NULL",
                      {camera, now}, [](const Row& row) {
                        Signer found{read_holder(row), {row.digest(key_column)}};
                        if (!row.is_null(key_column + 1)) {
                          found.key_hashes.push_back(row.digest(key_column + 1));
                        }
                        return found;
                      });
  if (!signer) return signer.error();
  if (!*signer) return no_camera(to_string(camera));
  return std::move(**signer);
}

Result<void> CameraKeys::change_rules(CameraId camera, const KeyRulesChange& change) {
  return in_transaction(db_, [&]() -> Result<void> {
    const auto changed = db_.execute(
        "UPDATE camera SET plain_http = COALESCE(CAST($2 AS BIGINT), plain_http), "
        "may_roam = COALESCE(CAST($3 AS BIGINT), may_roam), "
        "suspect_at = CASE WHEN CAST($4 AS BIGINT) = 0 THEN suspect_at END "
        "WHERE id = $1 AND removed_at IS NULL",
        {camera, change.plain_http, change.may_roam, change.trust_again});
    if (!changed) return changed.error();
    if (*changed == 0) return no_camera(to_string(camera));
    return {};
  });
}

Result<bool> CameraKeys::suspect(CameraId camera, Timestamp now) {
  return in_transaction(db_, [&]() -> Result<bool> {
    const auto known = first(db_, "SELECT suspect_at FROM camera WHERE id = $1 AND removed_at IS NULL",
                             {camera}, [](const Row& row) { return row.is_null(0); });
    if (!known) return known.error();
    if (!*known) return no_camera(to_string(camera));
    if (!**known) return false;
    const auto changed = db_.execute("UPDATE camera SET suspect_at = $2 WHERE id = $1", {camera, now});
    if (!changed) return changed.error();
    return true;
  });
}

#undef SELECT_HOLDER

}  // namespace heliograph::catalog
