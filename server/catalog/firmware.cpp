#include "server/catalog/firmware.hpp"

#include "server/catalog/db.hpp"

#include <algorithm>
#include <utility>

namespace heliograph::catalog {
namespace {

template <class Value>
using Names = std::array<std::pair<Value, std::string_view>, 3>;
constexpr Names<RolloutStage> stage_names{{
    {RolloutStage::one, "one"},
    {RolloutStage::tenth, "tenth"},
    {RolloutStage::all, "all"},
}};
constexpr Names<RolloutState> state_names{{
    {RolloutState::running, "running"},
    {RolloutState::halted, "halted"},
    {RolloutState::finished, "finished"},
}};
constexpr std::array<std::pair<RolloutOutcome, std::string_view>, 4> outcome_names{{
    {RolloutOutcome::told, "told"},
    {RolloutOutcome::updated, "updated"},
    {RolloutOutcome::failed, "failed"},
    {RolloutOutcome::left_out, "left-out"},
}};

// The schema lets nothing else in.
template <class AnyNames>
auto named(const AnyNames& names, std::string_view text) {
  return std::ranges::find(names, text, &AnyNames::value_type::second)->first;
}
template <class AnyNames, class Value>
std::string_view name_of(const AnyNames& names, Value value) {
  return std::ranges::find(names, value, &AnyNames::value_type::first)->second;
}

#define SELECT_RELEASE                                                                                \
  "SELECT id, model, version, security, downgrade, size_bytes, sha256, public_key, manifest_sha256, " \
  "actor, created_at FROM firmware_release "
#define SELECT_ROLLOUT                                                                                \
  "SELECT id, release_id, model, group_id, first_camera_id, stage, state, automatic, failure_limit, " \
  "reason, actor, created_at, changed_at FROM rollout "

std::optional<std::string> optional_text(const Row& row, int column) {
  return row.is_null(column) ? std::nullopt : std::optional(std::string(row.text(column)));
}
std::optional<Timestamp> optional_time(const Row& row, int column) {
  return row.is_null(column) ? std::nullopt : std::optional(row.time(column));
}

Release read_release(const Row& row) {
  return {row.id<ReleaseId>(0),
          std::string(row.text(1)),
          std::string(row.text(2)),
          row.integer(3),
          row.integer(4) != 0,
          row.integer(5),
          row.digest(6),
          row.digest(7),
          row.digest(8),
          std::string(row.text(9)),
          row.time(10)};
}

Rollout read_rollout(const Row& row) {
  return {row.id<RolloutId>(0),
          row.id<ReleaseId>(1),
          std::string(row.text(2)),
          row.id<GroupId>(3),
          row.is_null(4) ? std::nullopt : std::optional(row.id<CameraId>(4)),
          named(stage_names, row.text(5)),
          named(state_names, row.text(6)),
          row.integer(7) != 0,
          row.integer(8),
          optional_text(row, 9),
          std::string(row.text(10)),
          row.time(11),
          row.time(12)};
}

RolloutMember read_member(const Row& row) {
  RolloutMember member{row.id<CameraId>(0),
                       std::string(row.text(1)),
                       std::string(row.text(2)),
                       optional_text(row, 3),
                       optional_time(row, 4),
                       {},
                       {},
                       optional_text(row, 10),
                       optional_text(row, 11)};
  if (!row.is_null(5)) {
    member.told = ToldCamera{std::string(row.text(5)), named(outcome_names, row.text(6)),
                             optional_text(row, 7), row.time(8)};
  }
  if (!row.is_null(9)) member.command_state = parse_command_state(row.text(9));
  return member;
}

Error no_release(ReleaseId id) {
  return {ErrorKind::not_found, "there is no release " + to_string(id)};
}

}  // namespace

std::string_view to_string(RolloutStage stage) {
  return name_of(stage_names, stage);
}
std::string_view to_string(RolloutState state) {
  return name_of(state_names, state);
}
std::string_view to_string(RolloutOutcome outcome) {
  return name_of(outcome_names, outcome);
}

Result<void> Firmware::add_release(const Release& release) {
  return in_transaction(db_, [&]() -> Result<void> {
    const auto added = db_.execute(
        "INSERT INTO firmware_release (id, model, version, security, downgrade, size_bytes, sha256, "
        "public_key, manifest_sha256, actor, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
        "$11)",
        {release.id, release.model, release.version, release.security, release.downgrade ? 1 : 0,
         release.size_bytes, release.sha256, release.public_key, release.manifest_sha256, release.actor,
         release.created_at});
    if (added) return {};
    if (added.error().kind != ErrorKind::conflict) return added.error();
    return Error{ErrorKind::conflict, "this release is here already"};
  });
}

Result<Release> Firmware::release(ReleaseId id) {
  auto found = first(db_, SELECT_RELEASE "WHERE id = $1", {id}, read_release);
  if (!found) return found.error();
  if (!*found) return no_release(id);
  return std::move(**found);
}

Result<std::optional<Release>> Firmware::release_of_manifest(const Sha256Digest& manifest) {
  return first(db_, SELECT_RELEASE "WHERE manifest_sha256 = $1", {manifest}, read_release);
}

Result<std::vector<Release>> Firmware::releases() {
  return all(db_, SELECT_RELEASE "ORDER BY created_at DESC, id DESC", {}, read_release);
}

Result<void> Firmware::remove_release(ReleaseId id) {
  return in_transaction(db_, [&]() -> Result<void> {
    const auto running = first(db_, "SELECT 1 FROM rollout WHERE release_id = $1 AND state = 'running'", {id},
                               [](const Row& row) { return row.integer(0); });
    if (!running) return running.error();
    if (*running) {
      return Error{ErrorKind::conflict, "a rollout of this release runs: halt it first"};
    }
    const auto removed = db_.execute("DELETE FROM firmware_release WHERE id = $1", {id});
    if (!removed) return removed.error();
    if (*removed == 0) return no_release(id);
    return {};
  });
}

Result<bool> Firmware::may_fetch(CameraId camera, ReleaseId release) {
  const auto told =
      first(db_,
            "SELECT 1 FROM rollout_camera JOIN rollout ON rollout.id = rollout_camera.rollout_id "
            "WHERE camera_id = $1 AND outcome = 'told' AND rollout_camera.reason IS NULL "
            "AND release_id = $2 AND state = 'running'",
            {camera, release}, [](const Row& row) { return row.integer(0); });
  if (!told) return told.error();
  return told->has_value();
}

Result<void> Firmware::add_rollout(const Rollout& rollout) {
  return in_transaction(db_, [&]() -> Result<void> {
    const auto added = db_.execute(
        "INSERT INTO rollout (id, release_id, model, group_id, first_camera_id, stage, state, automatic, "
        "failure_limit, reason, actor, created_at, changed_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        {rollout.id, rollout.release, rollout.model, rollout.group, rollout.first, to_string(rollout.stage),
         to_string(rollout.state), rollout.automatic ? 1 : 0, rollout.failure_limit, rollout.reason,
         rollout.actor, rollout.created_at, rollout.changed_at});
    if (added) return {};
    if (added.error().kind != ErrorKind::conflict) return added.error();
    return Error{ErrorKind::conflict, "a rollout for " + rollout.model + " runs already: halt it first"};
  });
}

Result<Rollout> Firmware::rollout(RolloutId id) {
  auto found = first(db_, SELECT_ROLLOUT "WHERE id = $1", {id}, read_rollout);
  if (!found) return found.error();
  if (!*found) return Error{ErrorKind::not_found, "there is no rollout " + to_string(id)};
  return std::move(**found);
}

Result<std::vector<Rollout>> Firmware::rollouts(int limit) {
  return all(db_, SELECT_ROLLOUT "ORDER BY created_at DESC, id DESC LIMIT $1", {limit}, read_rollout);
}

Result<std::vector<Rollout>> Firmware::unsettled_rollouts() {
  return all(
      db_,
      SELECT_ROLLOUT
      "WHERE state = 'running' OR id IN (SELECT rollout_id FROM rollout_camera WHERE outcome = 'told') "
      "ORDER BY id",
      {}, read_rollout);
}

Result<bool> Firmware::change_rollout(const Rollout& changed) {
  return in_transaction(db_, [&]() -> Result<bool> {
    const auto rows = db_.execute(
        "UPDATE rollout SET stage = $2, state = $3, reason = $4, changed_at = $5 "
        "WHERE id = $1 AND state = 'running'",
        {changed.id, to_string(changed.stage), to_string(changed.state), changed.reason, changed.changed_at});
    if (!rows) return rows.error();
    return *rows > 0;
  });
}

Result<std::vector<RolloutMember>> Firmware::members(const Rollout& rollout) {
  return all(
      db_,
      "SELECT camera.id, camera.name, camera_self.firmware, camera_self.capabilities, camera_self.heard_at, "
      "rollout_camera.command_id, rollout_camera.outcome, rollout_camera.reason, rollout_camera.changed_at, "
      "command.state, command.reason, command.result "
      "FROM camera JOIN camera_self ON camera_self.camera_id = camera.id "
      "LEFT JOIN rollout_camera ON rollout_camera.camera_id = camera.id AND rollout_camera.rollout_id = $1 "
      "LEFT JOIN command ON command.camera_id = camera.id AND command.id = rollout_camera.command_id "
      "WHERE rollout_camera.command_id IS NOT NULL OR (camera.removed_at IS NULL AND camera_self.model = $2 "
      "AND (CAST($3 AS BIGINT) = 0 OR camera.group_id = $3)) ORDER BY camera_self.heard_at DESC, camera.id",
      {rollout.id, rollout.model, rollout.group}, read_member);
}

Result<bool> Firmware::tell(RolloutId rollout, CameraId camera, std::string_view command, Timestamp now) {
  return in_transaction(db_, [&]() -> Result<bool> {
    const auto told = db_.execute(
        "INSERT INTO rollout_camera (rollout_id, camera_id, command_id, outcome, changed_at) "
        "VALUES ($1, $2, $3, 'told', $4) ON CONFLICT (rollout_id, camera_id) DO NOTHING",
        {rollout, camera, command, now});
    if (!told) return told.error();
    return *told > 0;
  });
}

Result<void> Firmware::settle(RolloutId rollout, CameraId camera, RolloutOutcome outcome,
                              const std::optional<std::string>& reason, Timestamp now) {
  return in_transaction(db_, [&]() -> Result<void> {
    const auto settled = db_.execute(
        "UPDATE rollout_camera SET outcome = $3, reason = $4, changed_at = $5 "
        "WHERE rollout_id = $1 AND camera_id = $2",
        {rollout, camera, to_string(outcome), reason, now});
    if (!settled) return settled.error();
    return {};
  });
}

Result<void> Firmware::untell(RolloutId rollout, CameraId camera) {
  return in_transaction(db_, [&]() -> Result<void> {
    const auto gone =
        db_.execute("DELETE FROM rollout_camera WHERE rollout_id = $1 AND camera_id = $2", {rollout, camera});
    if (!gone) return gone.error();
    return {};
  });
}

#undef SELECT_RELEASE
#undef SELECT_ROLLOUT

}  // namespace heliograph::catalog
