// What the server tells a camera, read from the body of an answer, and the settings among it. Pure.
#pragma once

#include "firmware/core/platform/board.hpp"
#include "firmware/core/text.hpp"
#include "protocol/schedule.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace heliograph::firmware {

enum class CommandKind {
  capture,
  burst,
  reboot,
  identify,
  sleep_until,
  format_spool,
  self_test,
  update_firmware,
  unknown
};

// Bytes of a command's id: as boot ids are. A longer one is none.
using CommandId = Text<36>;
// Bytes of a release's id, of which the same holds.
using ReleaseId = Text<36>;

struct CommandOrder {
  CommandId id;
  CommandKind kind = CommandKind::unknown;
  std::int64_t count = 1;        // of a burst, 1 to max_burst
  std::int64_t interval_ms = 0;  // between its pictures, to max_burst_interval_ms
  std::int64_t seconds = 10;     // of identify
  std::int64_t until_ms = 0;     // of sleep-until, since 1970
  ReleaseId release;             // of update-firmware; empty: none that could be asked for
};
// As the server's: nothing that it may say keeps the camera from its schedule for longer.
inline constexpr std::int64_t max_burst = 20;
inline constexpr std::int64_t max_burst_interval_ms = 60'000;

// Bytes of settings as JSON: twice what naming every one of them takes.
inline constexpr std::size_t max_settings = 1024;
using SettingsText = Text<max_settings>;

struct SettingsOrder {
  std::int64_t version = 0;
  std::string_view values;  // JSON, in the body that was read
};

struct Orders {
  std::optional<SettingsOrder> settings;
  std::optional<CommandOrder> command;
};
// Members that are not known are passed over: the server may be newer. What is cut off or of another kind is
// not there.
Orders read_orders(std::string_view body);

// What of the settings the core obeys itself, and what it hands to the board.
struct CameraSettings {
  std::optional<std::int64_t> interval_ms;
  protocol::Schedule schedule;
  ImageSettings image;
};
// `settings` is what was read when there is no complaint.
Complaint read_settings(std::string_view json, CameraSettings& settings);

}  // namespace heliograph::firmware
