#include "server/catalog/alerts.hpp"

#include "server/catalog/db.hpp"

#include <algorithm>
#include <limits>

namespace heliograph::catalog {
namespace {

#define ALERT_COLUMNS                                                                         \
  "alert.id, alert.camera_id, alert.kind, alert.detail, alert.wrong_since, alert.opened_at, " \
  "alert.right_since, alert.closed_at"
constexpr int alert_columns = 8;
#define SELECT_NAMED_ALERTS \
  "SELECT " ALERT_COLUMNS   \
  ", COALESCE(camera.name, '') FROM alert LEFT JOIN camera ON camera.id = alert.camera_id "

std::optional<Timestamp> optional_time(const Row& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return row.time(column);
}

Alert read_alert(const Row& row) {
  Alert alert{row.id<AlertId>(0), {}, std::string(row.text(2)), std::string(row.text(3)), row.time(4)};
  if (!row.is_null(1)) alert.camera = row.id<CameraId>(1);
  alert.opened_at = optional_time(row, 5);
  alert.right_since = optional_time(row, 6);
  alert.closed_at = optional_time(row, 7);
  return alert;
}

NamedAlert read_named_alert(const Row& row) {
  return {read_alert(row), std::string(row.text(alert_columns))};
}

Result<std::int64_t> change(Db& db, std::string_view sql, Db::Values values) {
  return in_transaction(db, [&] { return db.execute(sql, values); });
}

// Did it change the one row that is meant?
Result<bool> change_one(Db& db, std::string_view sql, Db::Values values) {
  const auto changed = change(db, sql, values);
  if (!changed) return changed.error();
  return *changed > 0;
}

}  // namespace

Result<std::vector<Alert>> Alerts::unfinished() {
  return all(db_, "SELECT " ALERT_COLUMNS " FROM alert WHERE closed_at IS NULL ORDER BY id", {}, read_alert);
}

Result<std::vector<NamedAlert>> Alerts::page(const AlertQuery& query) {
  constexpr std::int64_t anything = 0;
  constexpr std::int64_t last = std::numeric_limits<std::int64_t>::max();
  const AlertPageKey after = query.after.value_or(AlertPageKey{from_ms(last), AlertId{last}});
  const int state = query.open ? (*query.open ? 1 : 2) : 0;
  return all(db_,
             SELECT_NAMED_ALERTS
             "WHERE opened_at IS NOT NULL AND (opened_at, alert.id) < ($1, $2) "
             "AND (CAST($3 AS BIGINT) = 0 OR alert.camera_id = $3) "
             "AND (CAST($4 AS BIGINT) = 1 OR alert.camera_id IS NOT NULL) "
             "AND (CAST($5 AS BIGINT) = 0 OR alert.camera_id IN (SELECT seen.id FROM camera AS seen "
             "JOIN person_grant ON person_grant.group_id = seen.group_id WHERE person_id = $5)) "
             "AND (CAST($6 AS BIGINT) = 0 OR (closed_at IS NULL AND CAST($6 AS BIGINT) = 1) "
             "OR (closed_at IS NOT NULL AND CAST($6 AS BIGINT) = 2)) "
             "ORDER BY opened_at DESC, alert.id DESC LIMIT $7",
             {after.opened_at, after.id, query.camera.value_or(CameraId{anything}), query.of_the_server,
              query.seen_by.value_or(PersonId{anything}), state, std::clamp(query.limit, 1, max_page)},
             read_named_alert);
}

Result<std::vector<NamedAlert>> Alerts::news(Timestamp since) {
  return all(db_, SELECT_NAMED_ALERTS "WHERE opened_at >= $1 OR closed_at >= $1 ORDER BY alert.id", {since},
             read_named_alert);
}

Result<bool> Alerts::watch(const Alert& alert) {
  return change_one(
      db_,
      "INSERT INTO alert (id, camera_id, kind, detail, wrong_since) VALUES ($1, $2, $3, $4, $5) "
      "ON CONFLICT DO NOTHING",
      {alert.id, alert.camera, alert.kind, alert.detail, alert.wrong_since});
}

Result<bool> Alerts::open(AlertId id, const std::string& detail, Timestamp now) {
  return change_one(db_, "UPDATE alert SET opened_at = $2, detail = $3 WHERE id = $1 AND opened_at IS NULL",
                    {id, now, detail});
}

Result<bool> Alerts::close(AlertId id, Timestamp now) {
  return change_one(
      db_, "UPDATE alert SET closed_at = $2 WHERE id = $1 AND opened_at IS NOT NULL AND closed_at IS NULL",
      {id, now});
}

Result<void> Alerts::set_right_since(AlertId id, std::optional<Timestamp> since) {
  const auto set = change(db_, "UPDATE alert SET right_since = $2 WHERE id = $1", {id, since});
  if (!set) return set.error();
  return {};
}

Result<void> Alerts::forget(AlertId id) {
  const auto gone = change(db_, "DELETE FROM alert WHERE id = $1 AND opened_at IS NULL", {id});
  if (!gone) return gone.error();
  return {};
}

Result<std::int64_t> Alerts::remove_closed_before(Timestamp at) {
  return change(db_, "DELETE FROM alert WHERE closed_at < $1", {at});
}

Result<Timestamp> Alerts::listen(Timestamp now, std::chrono::milliseconds longest_break) {
  return in_transaction(db_, [&]() -> Result<Timestamp> {
    // A clock that was put back has made no break.
    const auto since =
        first(db_,
              "INSERT INTO listening (id, since, seen_at) VALUES (1, $1, $1) ON CONFLICT (id) DO UPDATE SET "
              "since = CASE WHEN listening.seen_at < $2 THEN $1 ELSE listening.since END, seen_at = $1 "
              "RETURNING since",
              {now, now - longest_break}, [](const Row& row) { return row.time(0); });
    if (!since) return since.error();
    return since->value();
  });
}

#undef ALERT_COLUMNS
#undef SELECT_NAMED_ALERTS

}  // namespace heliograph::catalog
