// What the server tells a camera, read from the body of an answer. Pure.
#pragma once

#include "firmware/core/text.hpp"

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
  send_log,
  self_test,
  update_firmware,
  unknown
};

// Bytes of a command's id: as boot ids are. A longer one is none.
using CommandId = Text<36>;
// Bytes of a release's id, of which the same holds.
using ReleaseId = Text<36>;

// Lines of a log that are asked for at most: more than a camera keeps.
inline constexpr std::int64_t max_log_lines = 200;

struct CommandOrder {
  CommandId id;
  CommandKind kind = CommandKind::unknown;
  std::int64_t count = 1;              // of a burst, 1 to max_burst
  std::int64_t interval_ms = 0;        // between its pictures, to max_burst_interval_ms
  std::int64_t seconds = 10;           // of identify
  std::int64_t until_ms = 0;           // of sleep-until, since 1970
  std::int64_t lines = max_log_lines;  // of send-log
  ReleaseId release;                   // of update-firmware; empty: none that could be asked for
};
// As the server's: nothing that it may say keeps the camera from its schedule for longer.
inline constexpr std::int64_t max_burst = 20;
inline constexpr std::int64_t max_burst_interval_ms = 60'000;

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

}  // namespace heliograph::firmware
