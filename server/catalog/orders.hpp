// What a camera is told: commands, which are done once, and settings, which hold. And what it says of itself.
#pragma once

#include "server/catalog/catalog.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::catalog {

enum class CommandState { queued, delivered, accepted, succeeded, failed, rejected, expired, cancelled };
std::string_view to_string(CommandState state);
CommandState parse_command_state(std::string_view name);  // one of those

struct Command {
  CameraId camera;
  std::string id;  // made by who wants it done; unique within the camera
  std::string name;
  std::string arguments;  // JSON
  std::string actor;      // who wanted it
  CommandState state = CommandState::queued;
  Timestamp created_at;
  Timestamp expires_at;
  Timestamp changed_at;
  std::optional<std::string> reason;  // why it came to no good end
  std::optional<std::string> result;  // JSON

  friend bool operator==(const Command&, const Command&) = default;
};

enum class SettingsStatus { applied, rejected, rolled_back };
std::string_view to_string(SettingsStatus status);
std::optional<SettingsStatus> parse_settings_status(std::string_view text);

struct SettingsReport {
  std::int64_t version = 0;  // that this is the answer to; 0: none was ever told
  SettingsStatus status = SettingsStatus::applied;
  std::optional<std::string> reason;

  friend bool operator==(const SettingsReport&, const SettingsReport&) = default;
};

// Nobody has said anything yet: version 0, and nothing is wanted.
struct CameraSettings {
  std::int64_t version = 0;
  std::string wanted = "{}";  // JSON
  std::string actor;
  std::optional<Timestamp> set_at;
  std::optional<SettingsReport> reported;
  std::optional<Timestamp> reported_at;
  std::optional<std::string> applied;  // JSON: what the camera goes by, as far as it has told

  friend bool operator==(const CameraSettings&, const CameraSettings&) = default;
};

struct CameraSelf {
  std::string boot;
  std::string firmware;
  std::string model;
  std::string sensor;
  std::optional<std::string> capabilities;  // JSON
  Timestamp heard_at;
  std::optional<Timestamp> due_at;  // when it promised to speak again at the latest

  friend bool operator==(const CameraSelf&, const CameraSelf&) = default;
};

// When a camera was heard, and what it goes by: whether it is late is decided from that.
struct Heard {
  CameraId camera;
  std::optional<Timestamp> accepted_at;  // its last picture
  std::optional<Timestamp> heard_at;     // the last time it spoke without one
  std::optional<Timestamp> due_at;
  std::optional<std::string> applied;  // JSON

  friend bool operator==(const Heard&, const Heard&) = default;
};

// Uses the connection of a Catalog: on its thread, and no longer than it lives. Errors as there.
class Orders {
 public:
  explicit Orders(Catalog& catalog) : db_(*catalog.db_) {}

  // --- commands ---
  // Forgets the oldest that have ended, so that max_kept_commands are kept of a camera. conflict: the id is
  // another command's.
  Result<void> add(const Command& command);
  Result<Command> command(CameraId camera, std::string_view id);  // not_found
  // Newest first, `limit` at most.
  Result<std::vector<Command>> commands(CameraId camera, int limit);
  // Queued, delivered or accepted, oldest first.
  Result<std::vector<Command>> unfinished(CameraId camera);
  // Of all cameras: those that are unfinished and past their time, `limit` at most.
  Result<std::vector<Command>> overdue(Timestamp expired_before, int limit);
  // Writes state, time, reason and result of a command that is `from` still. False: it is not, or the camera
  // has another one in hand.
  Result<bool> change(const Command& changed, CommandState from);

  // --- settings ---
  Result<CameraSettings> settings(CameraId camera);
  // Wants `values` (JSON) from now on, as the version after `version`. conflict: that is not the version now.
  Result<void> want(CameraId camera, std::int64_t version, std::string_view values, std::string_view actor,
                    Timestamp now);
  // What the camera answered to the version that is wanted now. False: it is the answer to another one, or
  // the same again.
  Result<bool> report(CameraId camera, const SettingsReport& report, Timestamp now);

  // Of all cameras: those for which there have been orders since then that they were not told, or did not
  // answer for.
  Result<std::vector<CameraId>> ordered_since(Timestamp then);

  // --- the camera itself ---
  Result<std::optional<CameraSelf>> self(CameraId camera);
  // A camera that tells no capabilities keeps those it told.
  Result<void> set_self(CameraId camera, const CameraSelf& self);
  // It was heard for the last time then, with or without a word, and was to be heard again by `due_at`.
  // Nothing when it has spoken after that, or never.
  Result<void> note_loss(CameraId camera, Timestamp heard_at, Timestamp due_at);
  // Of one camera, or of all that are not removed.
  Result<std::vector<Heard>> heard(std::optional<CameraId> camera);

 private:
  Db& db_;
};

// Of one camera, for people to look at: a command every ten minutes for a day.
inline constexpr int max_kept_commands = 150;

}  // namespace heliograph::catalog
