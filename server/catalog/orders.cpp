#include "server/catalog/orders.hpp"

#include "server/catalog/db.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace heliograph::catalog {
namespace {

constexpr std::array<std::pair<CommandState, std::string_view>, 8> state_names{{
    {CommandState::queued, "queued"},
    {CommandState::delivered, "delivered"},
    {CommandState::accepted, "accepted"},
    {CommandState::succeeded, "succeeded"},
    {CommandState::failed, "failed"},
    {CommandState::rejected, "rejected"},
    {CommandState::expired, "expired"},
    {CommandState::cancelled, "cancelled"},
}};
constexpr std::array<std::pair<SettingsStatus, std::string_view>, 3> status_names{{
    {SettingsStatus::applied, "applied"},
    {SettingsStatus::rejected, "rejected"},
    {SettingsStatus::rolled_back, "rolled-back"},
}};

// The schema lets nothing else in.
template <class Names>
auto named(const Names& names, std::string_view text) {
  return std::ranges::find(names, text, &Names::value_type::second)->first;
}

#define SELECT_COMMAND                                                                                       \
  "SELECT camera_id, id, name, arguments, actor, state, created_at, expires_at, changed_at, reason, result " \
  "FROM command "

std::optional<std::string> optional_text(const Row& row, int column) {
  return row.is_null(column) ? std::nullopt : std::optional(std::string(row.text(column)));
}
std::optional<Timestamp> optional_time(const Row& row, int column) {
  return row.is_null(column) ? std::nullopt : std::optional(row.time(column));
}

Command read_command(const Row& row) {
  return {row.id<CameraId>(0),
          std::string(row.text(1)),
          std::string(row.text(2)),
          std::string(row.text(3)),
          std::string(row.text(4)),
          named(state_names, row.text(5)),
          row.time(6),
          row.time(7),
          row.time(8),
          optional_text(row, 9),
          optional_text(row, 10)};
}

CameraSettings read_settings(const Row& row) {
  CameraSettings settings{
      row.integer(0),        std::string(row.text(1)), std::string(row.text(2)), row.time(3), {},
      optional_time(row, 7), optional_text(row, 8)};
  if (!row.is_null(4)) {
    settings.reported = {row.integer(4), named(status_names, row.text(5)), optional_text(row, 6)};
  }
  return settings;
}

Heard read_heard(const Row& row) {
  return {row.id<CameraId>(0), optional_time(row, 1), optional_time(row, 2), optional_time(row, 3),
          optional_text(row, 4)};
}

}  // namespace

std::string_view to_string(CommandState state) {
  return std::ranges::find(state_names, state, &std::pair<CommandState, std::string_view>::first)->second;
}

CommandState parse_command_state(std::string_view name) {
  return named(state_names, name);
}

std::string_view to_string(SettingsStatus status) {
  return std::ranges::find(status_names, status, &std::pair<SettingsStatus, std::string_view>::first)->second;
}

std::optional<SettingsStatus> parse_settings_status(std::string_view text) {
  for (const auto& [status, name] : status_names) {
    if (name == text) return status;
  }
  return std::nullopt;
}

Result<void> Orders::add(const Command& command) {
  return in_transaction(db_, [&]() -> Result<void> {
    const auto forgotten = db_.execute(
        "DELETE FROM command WHERE camera_id = $1 AND state NOT IN ('queued', 'delivered', 'accepted') AND "
        "id IN (SELECT id FROM command WHERE camera_id = $1 ORDER BY created_at DESC, id DESC LIMIT "
        "9223372036854775807 OFFSET $2)",
        {command.camera, max_kept_commands - 1});
    if (!forgotten) return forgotten.error();
    const auto added = db_.execute(
        "INSERT INTO command (camera_id, id, name, arguments, actor, state, created_at, expires_at, "
        "changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $7)",
        {command.camera, command.id, command.name, command.arguments, command.actor, to_string(command.state),
         command.created_at, command.expires_at});
    if (added) return {};
    if (added.error().kind != ErrorKind::conflict) return added.error();
    return Error{ErrorKind::conflict, "the id " + command.id + " is another command's"};
  });
}

Result<Command> Orders::command(CameraId camera, std::string_view id) {
  auto command = first(db_, SELECT_COMMAND "WHERE camera_id = $1 AND id = $2", {camera, id}, read_command);
  if (!command) return command.error();
  if (!*command) return Error{ErrorKind::not_found, "there is no command " + std::string(id)};
  return std::move(**command);
}

Result<std::vector<Command>> Orders::commands(CameraId camera, int limit) {
  return all(db_, SELECT_COMMAND "WHERE camera_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2",
             {camera, limit}, read_command);
}

Result<std::vector<Command>> Orders::unfinished(CameraId camera) {
  return all(db_,
             SELECT_COMMAND
             "WHERE camera_id = $1 AND state IN ('queued', 'delivered', 'accepted') ORDER BY created_at, id",
             {camera}, read_command);
}

Result<std::vector<Command>> Orders::overdue(Timestamp expired_before, int limit) {
  return all(db_,
             SELECT_COMMAND "WHERE state IN ('queued', 'delivered', 'accepted') AND expires_at < $1 LIMIT $2",
             {expired_before, limit}, read_command);
}

Result<bool> Orders::change(const Command& changed, CommandState from) {
  const auto rows = in_transaction(db_, [&] {
    return db_.execute(
        "UPDATE command SET state = $4, changed_at = $5, reason = $6, result = $7 "
        "WHERE camera_id = $1 AND id = $2 AND state = $3",
        {changed.camera, changed.id, to_string(from), to_string(changed.state), changed.changed_at,
         changed.reason, changed.result});
  });
  if (!rows && rows.error().kind == ErrorKind::conflict) return false;
  if (!rows) return rows.error();
  return *rows > 0;
}

Result<CameraSettings> Orders::settings(CameraId camera) {
  auto settings = first(db_,
                        "SELECT version, wanted, actor, set_at, reported_version, reported_status, "
                        "reported_reason, reported_at, applied FROM camera_settings WHERE camera_id = $1",
                        {camera}, read_settings);
  if (!settings) return settings.error();
  return std::move(*settings).value_or(CameraSettings{});
}

Result<void> Orders::want(CameraId camera, std::int64_t version, std::string_view values,
                          std::string_view actor, Timestamp now) {
  const Error changed_since{ErrorKind::conflict, "the settings were changed by somebody else meanwhile"};
  return in_transaction(db_, [&]() -> Result<void> {
    const auto changed =
        version == 0 ? db_.execute(
                           "INSERT INTO camera_settings (camera_id, version, wanted, actor, set_at) "
                           "VALUES ($1, 1, $2, $3, $4)",
                           {camera, values, actor, now})
                     : db_.execute(
                           "UPDATE camera_settings SET version = version + 1, wanted = $3, actor = $4, "
                           "set_at = $5 WHERE camera_id = $1 AND version = $2",
                           {camera, version, values, actor, now});
    if (!changed && changed.error().kind == ErrorKind::conflict) return changed_since;
    if (!changed) return changed.error();
    if (*changed == 0) return changed_since;
    return {};
  });
}

Result<bool> Orders::report(CameraId camera, const SettingsReport& report, Timestamp now) {
  return in_transaction(db_, [&]() -> Result<bool> {
    const auto changed = db_.execute(
        "UPDATE camera_settings SET reported_version = $2, reported_status = $3, reported_reason = $4, "
        "reported_at = $5, applied = CASE WHEN $3 = 'applied' THEN wanted ELSE applied END "
        "WHERE camera_id = $1 AND version = $2 "
        "AND (reported_version IS NULL OR reported_version <> $2 OR reported_status <> $3 "
        "OR COALESCE(reported_reason, '') <> COALESCE($4, ''))",
        {camera, report.version, to_string(report.status), report.reason, now});
    if (!changed) return changed.error();
    return *changed > 0;
  });
}

Result<std::vector<CameraId>> Orders::ordered_since(Timestamp then) {
  // The states as the index of unfinished commands has them, so that it is used.
  return all(db_,
             "SELECT camera_id FROM command WHERE state IN ('queued', 'delivered', 'accepted') "
             "AND state = 'queued' AND created_at >= $1 "
             "UNION SELECT camera_id FROM camera_settings WHERE set_at >= $1 "
             "AND (reported_version IS NULL OR reported_version <> version)",
             {then}, [](const Row& row) { return row.id<CameraId>(0); });
}

Result<std::optional<CameraSelf>> Orders::self(CameraId camera) {
  return first(db_,
               "SELECT boot, firmware, model, sensor, capabilities, heard_at, due_at FROM camera_self "
               "WHERE camera_id = $1",
               {camera}, [](const Row& row) {
                 return CameraSelf{std::string(row.text(0)), std::string(row.text(1)),
                                   std::string(row.text(2)), std::string(row.text(3)),
                                   optional_text(row, 4),    row.time(5),
                                   optional_time(row, 6)};
               });
}

Result<void> Orders::set_self(CameraId camera, const CameraSelf& self) {
  return in_transaction(db_, [&]() -> Result<void> {
    const auto set = db_.execute(
        "INSERT INTO camera_self (camera_id, boot, firmware, model, sensor, capabilities, heard_at, due_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (camera_id) DO UPDATE SET "
        "boot = excluded.boot, firmware = excluded.firmware, model = excluded.model, "
        "sensor = excluded.sensor, capabilities = COALESCE(excluded.capabilities, camera_self.capabilities), "
        "heard_at = excluded.heard_at, due_at = excluded.due_at",
        {camera, self.boot, self.firmware, self.model, self.sensor, self.capabilities, self.heard_at,
         self.due_at});
    if (!set) return set.error();
    return {};
  });
}

Result<void> Orders::note_loss(CameraId camera, Timestamp heard_at, Timestamp due_at) {
  return in_transaction(db_, [&]() -> Result<void> {
    const auto noted = db_.execute(
        "UPDATE camera_self SET heard_at = CASE WHEN heard_at < $2 THEN $2 ELSE heard_at END, due_at = $3 "
        "WHERE camera_id = $1 AND heard_at < $3",
        {camera, heard_at, due_at});
    if (!noted) return noted.error();
    return {};
  });
}

Result<std::vector<Heard>> Orders::heard(std::optional<CameraId> camera) {
  return all(db_,
             "SELECT camera.id, accepted_at, heard_at, due_at, applied FROM camera "
             "LEFT JOIN camera_self ON camera_self.camera_id = camera.id "
             "LEFT JOIN camera_settings ON camera_settings.camera_id = camera.id "
             "WHERE removed_at IS NULL AND (CAST($1 AS BIGINT) IS NULL OR camera.id = $1)",
             {camera}, read_heard);
}

#undef SELECT_COMMAND

}  // namespace heliograph::catalog
