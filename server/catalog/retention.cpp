#include "server/catalog/catalog.hpp"
#include "server/catalog/counts.hpp"
#include "server/catalog/db.hpp"
#include "server/catalog/image_sql.hpp"
#include "server/catalog/removing.hpp"
#include "server/catalog/retention_rule.hpp"

#include <algorithm>
#include <limits>
#include <string>

namespace heliograph::catalog {
namespace {

// Before every image there can be.
constexpr PageKey beginning_of_time{Timestamp::min(), ImageId{0}};

RetentionRule read_rule(const Row& row, int first_column) {
  const int c = first_column;
  return {.keep_days = row.optional_integer(c),
          .keep_bytes = row.optional_integer(c + 1),
          .keep_images = row.optional_integer(c + 2),
          .all_days = row.optional_integer(c + 3),
          .hourly_days = row.optional_integer(c + 4)};
}

KeptImage read_kept(const Row& row) {
  return {.id = row.id<ImageId>(0),
          .camera = row.id<CameraId>(1),
          .captured_at = row.time(2),
          .received_at = row.time(3),
          .size_bytes = row.integer(4),
          .starred = row.integer(5) != 0};
}

Result<void> change(Db& db, std::string_view sql, Db::Values values) {
  if (auto done = db.execute(sql, values); !done) return done.error();
  return {};
}

}  // namespace

Result<void> check_rule(const RetentionRule& rule) {
  const struct {
    const std::optional<std::int64_t>& value;
    std::int64_t most;
    const char* name;
  } limits[] = {{rule.keep_days, max_keep_days, "keep_days"},
                {rule.keep_bytes, max_keep, "keep_bytes"},
                {rule.keep_images, max_keep, "keep_images"},
                {rule.all_days, max_keep_days, "all_days"},
                {rule.hourly_days, max_keep_days, "hourly_days"}};
  for (const auto& limit : limits) {
    if (!limit.value || (*limit.value >= 1 && *limit.value <= limit.most)) continue;
    return Error{ErrorKind::bad_request,
                 std::string("`") + limit.name + "` must be from 1 to " + std::to_string(limit.most)};
  }
  if (rule.hourly_days && !rule.all_days) {
    return Error{ErrorKind::bad_request, "`hourly_days` needs `all_days`, from where thinning begins"};
  }
  if (rule.hourly_days && *rule.hourly_days <= *rule.all_days) {
    return Error{ErrorKind::bad_request, "`hourly_days` must be more than `all_days`"};
  }
  return {};
}

Result<std::optional<RetentionRule>> Catalog::retention(CameraId camera) {
  return first(*db_,
               "SELECT keep_days, keep_bytes, keep_images, all_days, hourly_days FROM retention "
               "WHERE camera_id = $1",
               {camera}, [](const Row& row) { return read_rule(row, 0); });
}

Result<std::vector<std::pair<CameraId, RetentionRule>>> Catalog::retentions() {
  return all(*db_,
             "SELECT camera_id, keep_days, keep_bytes, keep_images, all_days, hourly_days FROM retention "
             "ORDER BY camera_id",
             {}, [](const Row& row) { return std::pair(row.id<CameraId>(0), read_rule(row, 1)); });
}

Result<void> Catalog::set_retention(CameraId camera, const RetentionRule& rule) {
  if (auto checked = check_rule(rule); !checked) return checked;
  return in_transaction(*db_, [&]() -> Result<void> {
    if (camera != all_cameras) {
      const auto known =
          first(*db_, "SELECT id FROM camera WHERE id = $1", {camera}, [](const Row&) { return true; });
      if (!known) return known.error();
      if (!*known) return Error{ErrorKind::not_found, "there is no camera " + to_string(camera)};
    }
    return change(
        *db_,
        "INSERT INTO retention (camera_id, keep_days, keep_bytes, keep_images, all_days, hourly_days) "
        "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (camera_id) DO UPDATE SET "
        "keep_days = excluded.keep_days, keep_bytes = excluded.keep_bytes, "
        "keep_images = excluded.keep_images, all_days = excluded.all_days, "
        "hourly_days = excluded.hourly_days",
        {camera, rule.keep_days, rule.keep_bytes, rule.keep_images, rule.all_days, rule.hourly_days});
  });
}

Result<bool> Catalog::clear_retention(CameraId camera) {
  return in_transaction(*db_, [&]() -> Result<bool> {
    const auto cleared = db_->execute("DELETE FROM retention WHERE camera_id = $1", {camera});
    if (!cleared) return cleared.error();
    return *cleared > 0;
  });
}

Result<std::vector<Holding>> Catalog::holdings() {
  constexpr int removed_column = 4;
  constexpr int rule_owner_column = 7;
  return all(*db_,
             "SELECT camera.id, name, folder, created_at, removed_at, image_count, image_bytes, camera_id, "
             "keep_days, keep_bytes, keep_images, all_days, hourly_days "
             "FROM camera LEFT JOIN retention ON retention.camera_id = camera.id ORDER BY name, camera.id",
             {}, [](const Row& row) {
               Holding holding{.camera = {row.id<CameraId>(0), std::string(row.text(1)),
                                          std::string(row.text(2)), row.time(3)},
                               .removed = !row.is_null(removed_column),
                               .images = row.integer(removed_column + 1),
                               .bytes = row.integer(removed_column + 2)};
               if (!row.is_null(rule_owner_column)) holding.rule = read_rule(row, rule_owner_column + 1);
               return holding;
             });
}

Result<std::vector<KeptImage>> Catalog::oldest_images(const KeptQuery& query) {
  const PageKey after = query.after.value_or(beginning_of_time);
  const Timestamp before = query.before.value_or(Timestamp::max());
  const int limit = std::clamp(query.limit, 1, max_kept_page);
  if (!query.camera) {
    return all(*db_, sql::oldest_of_all, {after.captured_at, after.id, before, limit}, read_kept);
  }
  return all(*db_, sql::oldest_of_camera, {after.captured_at, after.id, before, limit, *query.camera},
             read_kept);
}

Result<std::vector<Removal>> Catalog::remove_images(std::span<const ImageId> images) {
  constexpr std::string_view take =
      "DELETE FROM image WHERE id = $1 AND starred = 0 AND trashed_at IS NULL " RETURNING_REMOVAL;
  return in_transaction(*db_, [&]() -> Result<std::vector<Removal>> {
    std::vector<Removal> removed;
    Tally tally;
    for (const ImageId id : images) {
      auto taken = take_row(*db_, take, id);
      if (!taken) return taken.error();
      if (!*taken) continue;
      tally.add_removed((*taken)->camera, (*taken)->removal.captured_at, (*taken)->removal.size_bytes);
      removed.push_back(std::move((*taken)->removal));
    }
    if (auto counted = tally.take_out(*db_); !counted) return counted.error();
    return removed;
  });
}

Result<std::vector<Removal>> Catalog::removals(int limit) {
  return all(*db_,
             "SELECT image_id, folder, captured_at FROM removal JOIN camera ON camera.id = camera_id "
             "ORDER BY image_id LIMIT $1",
             {limit}, [](const Row& row) {
               return Removal{row.id<ImageId>(0), std::string(row.text(1)), row.time(2), 0};
             });
}

Result<bool> Catalog::is_being_removed(ImageId image) {
  const auto noted = first(*db_, "SELECT image_id FROM removal WHERE image_id = $1", {image},
                           [](const Row&) { return true; });
  if (!noted) return noted.error();
  return noted->has_value();
}

Result<void> Catalog::finish_removals(std::span<const Removal> removals) {
  return in_transaction(*db_, [&]() -> Result<void> {
    for (const Removal& removal : removals) {
      if (auto done = change(*db_, "DELETE FROM removal WHERE image_id = $1", {removal.id}); !done)
        return done;
    }
    return {};
  });
}

Result<void> Catalog::set_starred(ImageId image, bool starred) {
  return in_transaction(*db_, [&]() -> Result<void> {
    const auto marked = db_->execute("UPDATE image SET starred = $2 WHERE id = $1 AND trashed_at IS NULL",
                                     {image, starred ? 1 : 0});
    if (!marked) return marked.error();
    if (*marked == 0) return Error{ErrorKind::not_found, "there is no image " + to_string(image)};
    return {};
  });
}

Result<std::vector<HourCount>> Catalog::hours_between(Timestamp from, Timestamp to) {
  return all(*db_, sql::hours_of_all, {all_cameras, from, to},
             [](const Row& row) { return HourCount{row.time(0), row.integer(1), row.integer(2)}; });
}

Result<std::vector<Arrivals>> Catalog::arrivals_between(Timestamp from, Timestamp to) {
  return all(*db_, sql::arrivals, {from, to},
             [](const Row& row) { return Arrivals{row.id<CameraId>(0), row.integer(1)}; });
}

}  // namespace heliograph::catalog
