#include "firmware/core/orders.hpp"

#include "firmware/core/json_text.hpp"
#include "protocol/upload.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace heliograph::firmware {
namespace {

constexpr std::array<std::pair<std::string_view, CommandKind>, 9> kinds{{
    {"capture", CommandKind::capture},
    {"burst", CommandKind::burst},
    {"reboot", CommandKind::reboot},
    {"identify", CommandKind::identify},
    {"sleep-until", CommandKind::sleep_until},
    {"format-spool", CommandKind::format_spool},
    {"send-log", CommandKind::send_log},
    {"self-test", CommandKind::self_test},
    {"update-firmware", CommandKind::update_firmware},
}};

CommandKind kind_of(std::string_view name) {
  for (const auto& [known, kind] : kinds) {
    if (known == name) return kind;
  }
  return CommandKind::unknown;
}

std::optional<CommandOrder> read_command(std::string_view json) {
  CommandOrder command;
  const Text<37> id = json_string<37>(json, "id");
  if (!protocol::boot_id_valid(id.view())) return std::nullopt;
  command.id.append(id.view());
  command.kind = kind_of(json_string<32>(json, "name").view());
  const std::string_view arguments = json_member(json, "arguments").value_or("{}");
  const auto number = [arguments](std::string_view key, std::int64_t otherwise, std::int64_t most) {
    return std::min(std::max<std::int64_t>(json_integer(arguments, key).value_or(otherwise), 0), most);
  };
  if (command.kind == CommandKind::burst)
    command.count = std::max<std::int64_t>(number("count", 1, max_burst), 1);
  command.interval_ms = number("interval_ms", 0, max_burst_interval_ms);
  command.seconds = number("seconds", command.seconds, 60);
  command.lines = std::max<std::int64_t>(number("lines", command.lines, max_log_lines), 1);
  command.until_ms = number("until", 0, protocol::max_captured_at_ms);
  const Text<37> release = json_string<37>(arguments, "release");
  if (protocol::boot_id_valid(release.view())) command.release.append(release.view());  // it goes into a path
  return command;
}

std::optional<SettingsOrder> read_settings_order(std::string_view json) {
  const auto version = json_integer(json, "version");
  const auto values = json_member(json, "values");
  if (!version || !values) return std::nullopt;
  return SettingsOrder{*version, *values};
}

}  // namespace

Orders read_orders(std::string_view body) {
  Orders orders;
  const auto told = json_member(body, "orders");
  if (!told) return orders;
  if (const auto settings = json_member(*told, "settings")) orders.settings = read_settings_order(*settings);
  if (const auto command = json_member(*told, "command")) orders.command = read_command(*command);
  return orders;
}

}  // namespace heliograph::firmware
