#include "server/catalog/shares.hpp"

#include "server/catalog/db.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace heliograph::catalog {
namespace {

constexpr std::array<std::pair<ShareKind, std::string_view>, 4> kind_names{{{ShareKind::image, "image"},
                                                                            {ShareKind::day, "day"},
                                                                            {ShareKind::camera, "camera"},
                                                                            {ShareKind::live, "live"}}};

// A row for each role that the maker has with the camera, by its group or with every camera; none: one row
// without.
#define SELECT_SHARES                                                                             \
  "SELECT share.id, share.name, share.kind, share.camera_id, share.image_id, share.begins_at, "   \
  "share.ends_at, share.password_hash, share.metadata, share.person_id, share.created_at, "       \
  "share.expires_at, share.views, share.viewed_at, camera.name, camera.removed_at, person.name, " \
  "person_grant.role FROM share JOIN camera ON camera.id = share.camera_id "                      \
  "LEFT JOIN person ON person.id = share.person_id "                                              \
  "LEFT JOIN person_grant ON person_grant.person_id = share.person_id "                           \
  "AND (person_grant.group_id = 0 OR person_grant.group_id = camera.group_id) "

Error no_share(std::string_view which) {
  return {ErrorKind::not_found, "there is no share " + std::string(which)};
}

std::optional<Timestamp> optional_time(const Row& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return row.time(column);
}

std::optional<std::string> optional_text(const Row& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return std::string(row.text(column));
}

template <class AnyId>
std::optional<AnyId> optional_id(const Row& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return row.id<AnyId>(column);
}

FiledShare read_share(const Row& row) {
  return {.share = {.id = row.id<ShareId>(0),
                    .name = std::string(row.text(1)),
                    .kind = parse_share_kind(row.text(2)).value_or(ShareKind::image),
                    .camera = row.id<CameraId>(3),
                    .image = optional_id<ImageId>(row, 4),
                    .begins_at = optional_time(row, 5),
                    .ends_at = optional_time(row, 6),
                    .password_hash = optional_text(row, 7),
                    .metadata = row.integer(8) != 0,
                    .person = optional_id<PersonId>(row, 9),
                    .created_at = row.time(10),
                    .expires_at = optional_time(row, 11),
                    .views = row.integer(12),
                    .viewed_at = optional_time(row, 13)},
          .camera_name = std::string(row.text(14)),
          .camera_removed = !row.is_null(15),
          .person_name = optional_text(row, 16)};
}

// Rows with a role each become shares with the highest. They come share by share.
Result<std::vector<FiledShare>> read_shares(Db& db, std::string_view sql, Db::Values values) {
  std::vector<FiledShare> shares;
  auto done = db.query(sql, values, [&shares](const Row& row) {
    if (shares.empty() || shares.back().share.id != row.id<ShareId>(0)) shares.push_back(read_share(row));
    const auto role = row.is_null(17) ? std::nullopt : parse_role(row.text(17));
    shares.back().person_role = std::max(shares.back().person_role, role);
  });
  if (!done) return done.error();
  return shares;
}

Result<FiledShare> only(Result<std::vector<FiledShare>> shares, std::string_view which) {
  if (!shares) return shares.error();
  if (shares->empty()) return no_share(which);
  return std::move(shares->front());
}

Result<std::int64_t> write(Db& db, std::string_view sql, Db::Values values) {
  return in_transaction(db, [&] { return db.execute(sql, values); });
}

}  // namespace

std::string_view to_string(ShareKind kind) {
  return kind_names[static_cast<std::size_t>(kind)].second;
}

std::optional<ShareKind> parse_share_kind(std::string_view text) {
  for (const auto& [kind, name] : kind_names) {
    if (name == text) return kind;
  }
  return std::nullopt;
}

Result<void> Shares::add(const Share& share, const Sha256Digest& token_hash) {
  const auto added =
      write(db_,
            "INSERT INTO share (id, token_hash, name, kind, camera_id, image_id, begins_at, ends_at, "
            "password_hash, metadata, person_id, created_at, expires_at, views, viewed_at) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
            {share.id, token_hash, share.name, to_string(share.kind), share.camera, share.image,
             share.begins_at, share.ends_at, share.password_hash, share.metadata, share.person,
             share.created_at, share.expires_at, share.views, share.viewed_at});
  if (!added) return added.error();
  return {};
}

Result<std::vector<FiledShare>> Shares::all() {
  return read_shares(db_, SELECT_SHARES "ORDER BY share.id DESC", {});
}

Result<FiledShare> Shares::by_id(ShareId id) {
  return only(read_shares(db_, SELECT_SHARES "WHERE share.id = $1", {id}), to_string(id));
}

Result<FiledShare> Shares::by_token(const Sha256Digest& token_hash) {
  return only(read_shares(db_, SELECT_SHARES "WHERE share.token_hash = $1", {token_hash}),
              "behind this link");
}

Result<void> Shares::count_view(ShareId id, Timestamp now) {
  const auto counted =
      write(db_, "UPDATE share SET views = views + 1, viewed_at = $2 WHERE id = $1", {id, now});
  if (!counted) return counted.error();
  return {};
}

Result<void> Shares::remove(ShareId id) {
  const auto removed = write(db_, "DELETE FROM share WHERE id = $1", {id});
  if (!removed) return removed.error();
  if (*removed == 0) return no_share(to_string(id));
  return {};
}

Result<void> Shares::remove_expired_before(Timestamp expired_before) {
  const auto removed = write(db_, "DELETE FROM share WHERE expires_at < $1", {expired_before});
  if (!removed) return removed.error();
  return {};
}

Result<std::vector<HourCount>> Shares::hours(CameraId camera, Timestamp from, Timestamp to) {
  return catalog::all(db_,
                      "SELECT captured_at / 3600000, count(*), CAST(sum(size_bytes) AS BIGINT) FROM image "
                      "WHERE camera_id = $1 "
                      "AND captured_at >= $2 AND captured_at < $3 AND trashed_at IS NULL "
                      "GROUP BY captured_at / 3600000 ORDER BY 1",
                      {camera, from, to}, [](const Row& row) {
                        return HourCount{from_ms(row.integer(0) * 3'600'000), row.integer(1), row.integer(2)};
                      });
}

#undef SELECT_SHARES

}  // namespace heliograph::catalog
