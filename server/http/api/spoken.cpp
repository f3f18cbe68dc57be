#include "server/http/api/spoken.hpp"

#include "protocol/upload.hpp"
#include "server/base/utf8.hpp"
#include "server/http/api/json_body.hpp"
#include "server/http/api/numbers.hpp"
#include "server/http/text.hpp"

#include <algorithm>
#include <map>

namespace heliograph::http {
namespace {

using boost::json::object;

Error wrong(std::string_view name, std::string_view must_be) {
  return {ErrorKind::bad_request, "`" + std::string(name) + "` must be " + std::string(must_be)};
}

const object* object_in(const object& parent, std::string_view name) {
  const auto* value = parent.if_contains({name.data(), name.size()});
  return value != nullptr ? value->if_object() : nullptr;
}

std::optional<std::string> json_within(const object* value, std::size_t most) {
  if (value == nullptr) return std::nullopt;
  std::string json = boost::json::serialize(*value);
  return json.size() <= most ? std::optional(std::move(json)) : std::nullopt;
}

Result<std::optional<std::string>> cut_text(const object& parent, std::string_view name, std::size_t most) {
  auto text = optional_text_of(parent, name);
  if (text && *text) *text = printable(**text, most);
  return text;
}

Result<catalog::CameraSelf> read_self(const object& body, Timestamp now) {
  catalog::CameraSelf self;
  self.heard_at = now;
  const auto boot = text_of(body, "boot");
  if (!boot) return boot.error();
  if (!protocol::boot_id_valid(*boot)) return wrong("boot", "1 to 36 characters of A-Z a-z 0-9 _ -");
  self.boot = *boot;
  const std::pair<std::string_view, std::string*> texts[] = {
      {"firmware", &self.firmware}, {"model", &self.model}, {"sensor", &self.sensor}};
  for (const auto& [name, into] : texts) {
    auto text = cut_text(body, name, max_self_text);
    if (!text) return text.error();
    *into = std::move(*text).value_or("");
  }
  self.capabilities = json_within(object_in(body, "capabilities"), max_capabilities);
  const auto next_s = optional_integer_of(body, "next_s");
  if (!next_s) return next_s.error();
  if (*next_s) self.due_at = now + std::chrono::seconds(std::clamp<std::int64_t>(**next_s, 0, max_promise_s));
  return self;
}

Result<std::optional<catalog::SettingsReport>> read_settings(const object& body) {
  const auto* value = body.if_contains("settings");
  if (value == nullptr || value->is_null()) return std::optional<catalog::SettingsReport>{};
  const auto* settings = value->if_object();
  if (settings == nullptr) return wrong("settings", "an object");
  const auto version = optional_integer_of(*settings, "version");
  if (!version) return version.error();
  const auto status = text_of(*settings, "status");
  if (!status) return status.error();
  const auto known = catalog::parse_settings_status(*status);
  if (!known) return wrong("status", "applied, rejected or rolled-back");
  auto reason = cut_text(*settings, "reason", max_reason);
  if (!reason) return reason.error();
  return std::optional(catalog::SettingsReport{version->value_or(0), *known, std::move(*reason)});
}

Result<cameras::CommandReport> read_report(const boost::json::value& value) {
  const auto* report = value.if_object();
  if (report == nullptr) return wrong("reports", "a list of objects");
  const auto command = text_of(*report, "command");
  if (!command) return command.error();
  const auto state = text_of(*report, "state");
  if (!state) return state.error();
  const auto event = cameras::parse_report(*state);
  if (!event) return wrong("state", "accepted, succeeded, failed or rejected");
  auto reason = cut_text(*report, "reason", max_reason);
  if (!reason) return reason.error();
  return cameras::CommandReport{*command, *event, std::move(*reason),
                                json_within(object_in(*report, "result"), max_result)};
}

Result<std::vector<cameras::CommandReport>> read_reports(const object& body) {
  std::vector<cameras::CommandReport> reports;
  const auto* value = body.if_contains("reports");
  if (value == nullptr) return reports;
  const auto* array = value->if_array();
  if (array == nullptr || array->size() > max_reports) {
    return wrong("reports", "a list of " + std::to_string(max_reports) + " at most");
  }
  for (const auto& one : *array) {
    auto report = read_report(one);
    if (!report) return report.error();
    if (cameras::command_id_valid(report->command)) reports.push_back(std::move(*report));
  }
  return reports;
}

// --- the header ---

// Its members by their names: tokens, integers and strings, as they stand there, a string without its quotes.
std::map<std::string, std::string, std::less<>> read_dictionary(std::string_view text) {
  std::map<std::string, std::string, std::less<>> members;
  while (!(text = trim(text)).empty()) {
    const auto equals = text.find('=');
    if (equals == std::string_view::npos) break;
    const std::string_view name = trim(text.substr(0, equals));
    text.remove_prefix(equals + 1);
    std::string value;
    if (text.starts_with('"')) {
      const auto end = text.find('"', 1);
      if (end == std::string_view::npos) break;
      value = text.substr(1, end - 1);
      text.remove_prefix(end + 1);
      text = split_once(text, ',').second;
    } else {
      const auto [before, after] = split_once(text, ',');
      value = trim(before);
      text = after;
    }
    members.emplace(name, std::move(value));
  }
  return members;
}

// The numbers and words of a result that fit into a header.
std::string result_of(const std::map<std::string, std::string, std::less<>>& members) {
  object result;
  if (const auto boot = members.find("boot");
      boot != members.end() && protocol::boot_id_valid(boot->second)) {
    result["boot"] = boost::json::string(boot->second);
  }
  for (const char* name : {"sequence", "count"}) {
    const auto member = members.find(name);
    const auto number = member != members.end() ? read_integer(member->second) : std::nullopt;
    if (number) result[name] = *number;
  }
  return boost::json::serialize(result);
}

}  // namespace

Result<cameras::Spoken> read_heartbeat(std::string_view body, Timestamp now) {
  boost::system::error_code failed;
  const boost::json::value value = boost::json::parse({body.data(), body.size()}, failed);
  const auto* said = failed ? nullptr : value.if_object();
  if (said == nullptr) return Error{ErrorKind::bad_request, "the body must be a JSON object"};
  return read_heartbeat(*said, now);
}

Result<cameras::Spoken> read_heartbeat(const object& body, Timestamp now) {
  cameras::Spoken spoken;
  auto self = read_self(body, now);
  if (!self) return self.error();
  spoken.self = std::move(*self);
  auto settings = read_settings(body);
  if (!settings) return settings.error();
  spoken.settings = std::move(*settings);
  auto reports = read_reports(body);
  if (!reports) return reports.error();
  spoken.reports = std::move(*reports);
  const auto telemetry = optional_text_of(body, "telemetry");
  if (!telemetry) return telemetry.error();
  if (*telemetry && !protocol::decode_telemetry(**telemetry, spoken.telemetry)) {
    return wrong("telemetry", "as Heliograph-Telemetry is: battery_mv=3912, rssi_dbm=-71");
  }
  return spoken;
}

cameras::Spoken read_report_header(std::string_view text) {
  cameras::Spoken spoken;
  if (text.size() > protocol::max_report_length) return spoken;
  const auto members = read_dictionary(text);
  const auto member = [&members](std::string_view name) -> std::string_view {
    const auto found = members.find(name);
    return found != members.end() ? std::string_view(found->second) : std::string_view{};
  };
  const auto reason =
      members.contains("reason") ? std::optional(printable(member("reason"), max_reason)) : std::nullopt;
  if (const auto event = cameras::parse_report(member("state"));
      event && cameras::command_id_valid(member("command"))) {
    spoken.reports.push_back({std::string(member("command")), *event, reason, result_of(members)});
  }
  const auto version = read_integer(member("settings"));
  if (const auto status = catalog::parse_settings_status(member("status")); version && status) {
    spoken.settings = catalog::SettingsReport{*version, *status, reason};
  }
  return spoken;
}

}  // namespace heliograph::http
