#include "firmware/core/orders.hpp"

#include "firmware/core/json_text.hpp"
#include "protocol/upload.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace heliograph::firmware {
namespace {

constexpr std::array<std::pair<std::string_view, CommandKind>, 8> kinds{{
    {"capture", CommandKind::capture},
    {"burst", CommandKind::burst},
    {"reboot", CommandKind::reboot},
    {"identify", CommandKind::identify},
    {"sleep-until", CommandKind::sleep_until},
    {"format-spool", CommandKind::format_spool},
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

Complaint about(std::string_view key, std::string_view sentence) {
  Complaint complaint;
  complaint.append('`').append(key).append("` ").append(sentence);
  return complaint;
}

// Takes one member into the settings.
Complaint take(std::string_view key, std::string_view value, CameraSettings& settings) {
  struct Number {
    std::string_view key;
    std::int64_t least;
    std::int64_t most;
    std::int64_t* into;
  };
  std::int64_t interval_s = 0;
  std::int64_t quality = 0;
  const Number numbers[] = {
      {"interval_s", 1, 86'400, &interval_s},
      {"quality", 1, 100, &quality},
      {"active_from_min", 0, protocol::minutes_a_day - 1, &settings.schedule.active_from_min},
      {"active_to_min", 0, protocol::minutes_a_day - 1, &settings.schedule.active_to_min},
      {"time_zone_min", -720, 840, &settings.schedule.time_zone_min},
  };
  for (const Number& number : numbers) {
    if (number.key != key) continue;
    const auto read = read_json_integer(value);
    if (!read || *read < number.least || *read > number.most) return about(key, "is out of its range");
    *number.into = *read;
    if (interval_s > 0) settings.interval_ms = interval_s * 1000;
    if (quality > 0) settings.image.quality = quality;
    return {};
  }
  if (key == "daylight_only") {
    if (value != "true" && value != "false") return about(key, "must be true or false");
    settings.schedule.daylight_only = value == "true";
    return {};
  }
  if (key == "resolution") {
    JsonStringReader reader(value);
    while (const auto byte = reader.next()) settings.image.resolution.append(*byte);
    if (settings.image.resolution.empty()) return about(key, "must be a text");
    return {};
  }
  return about(key.substr(0, 32), "cannot be set here");
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

Complaint read_settings(std::string_view json, CameraSettings& settings) {
  if (json.size() > max_settings) return Complaint("these are too many settings for this camera");
  CameraSettings read;
  JsonMembers members(json);
  while (const auto member = members.next()) {
    const Complaint complaint = take(member->key, member->value, read);
    if (!complaint.empty()) return complaint;
  }
  if (!members.whole()) return Complaint("the settings are no JSON object");
  settings = read;
  return {};
}

}  // namespace heliograph::firmware
