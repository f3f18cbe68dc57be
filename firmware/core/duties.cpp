#include "firmware/core/duties.hpp"

#include "firmware/core/json_text.hpp"

#include <array>

namespace heliograph::firmware {
namespace {

constexpr std::string_view file_name = "ORDERS.TXT";
constexpr std::string_view no_settings = "{}";

std::string_view word_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::succeeded:
      return "succeeded";
    case Outcome::failed:
      return "failed";
    case Outcome::rejected:
      break;
  }
  return "rejected";
}

// What of a command's kind must be known after a restart.
std::string_view word_of(CommandKind kind) {
  if (kind == CommandKind::reboot) return "reboot";
  return kind == CommandKind::update_firmware ? "update" : "other";
}

std::string_view words_of(TrialEnd end) {
  switch (end) {
    case TrialEnd::restarted:
      return "the camera started again and again with them, and reached no server";
    case TrialEnd::untried:
      return "they kept the camera from speaking for a day";
    case TrialEnd::unanswered:
      break;
  }
  return "the server could not be reached with them";
}

template <std::size_t capacity>
void append_field(Text<capacity>& out, std::string_view name, std::string_view text) {
  out.append(",\"").append(name).append("\":");
  append_quoted(out, text);
}

template <std::size_t capacity>
Text<capacity> copy_of(std::string_view text) {
  return Text<capacity>(text);
}

}  // namespace

void Duties::recover(std::int64_t now_ms) {
  std::array<char, max_state_text> text;
  const FileRead read = storage_.read(Area::state, file_name, text.data(), text.size());
  values_ = copy_of<max_settings>(no_settings);
  before_ = values_;
  if (read.status == StorageStatus::ok && read.file_size <= text.size()) {
    load({text.data(), read.size_read}, now_ms);
  }
  static_cast<void>(read_settings(values_.view(), settings_));
  if (trial_.running()) save();  // that it began anew
  if (stage_ != Stage::begun || is_update()) return;
  if (command_.kind == CommandKind::reboot) {
    end(Outcome::succeeded, {}, {});
  } else {
    end(Outcome::failed, "broken off by a restart", {});
  }
}

void Duties::load(std::string_view text, std::int64_t now_ms) {
  last_ = json_string<36>(text, "last");
  version_ = json_integer(text, "version").value_or(0);
  settings_told_ = json_member(text, "told").value_or("true") == "true";
  status_ = json_string<16>(text, "status");
  complaint_ = json_string<96>(text, "complaint");
  values_ = copy_of<max_settings>(json_member(text, "values").value_or(no_settings));
  before_ = copy_of<max_settings>(json_member(text, "before").value_or(no_settings));
  if (const auto starts = json_integer(text, "trial")) trial_.resume(*starts, now_ms);

  command_.id = json_string<36>(text, "command");
  const auto stage = json_string<8>(text, "stage");
  if (command_.id.empty() || stage.view() == "none") return;
  const auto kind = json_string<8>(text, "kind");
  if (kind.view() == "reboot") command_.kind = CommandKind::reboot;
  if (kind.view() == "update") command_.kind = CommandKind::update_firmware;
  command_.release = json_string<36>(text, "release");
  stage_ = stage.view() == "ended" ? Stage::ended : Stage::begun;
  const auto outcome = json_string<16>(text, "outcome");
  outcome_ = outcome.view() == "succeeded" ? Outcome::succeeded
             : outcome.view() == "failed"  ? Outcome::failed
                                           : Outcome::rejected;
  reason_ = json_string<96>(text, "reason");
  result_ = copy_of<192>(json_member(text, "result").value_or(""));
}

bool Duties::save() {
  file_.clear();
  file_.append("{\"version\":").append_number(version_);
  file_.append(",\"told\":").append(settings_told_ ? "true" : "false");
  append_field(file_, "status", status_.view());
  append_field(file_, "complaint", complaint_.view());
  file_.append(",\"values\":").append(values_.view());
  file_.append(",\"before\":").append(before_.view());
  if (trial_.running()) file_.append(",\"trial\":").append_number(trial_.starts());
  append_field(file_, "last", last_.view());
  if (stage_ == Stage::begun || stage_ == Stage::ended) {
    append_field(file_, "command", command_.id.view());
    append_field(file_, "kind", word_of(command_.kind));
    if (is_update()) append_field(file_, "release", command_.release.view());
    append_field(file_, "stage", stage_ == Stage::ended ? "ended" : "begun");
    append_field(file_, "outcome", word_of(outcome_));
    append_field(file_, "reason", reason_.view());
    if (!result_.empty()) file_.append(",\"result\":").append(result_.view());
  }
  file_.append("}");
  return storage_.put(Area::state, file_name, {file_.view().data(), file_.view().size()}, {}) ==
         StorageStatus::ok;
}

bool Duties::heard(std::string_view body, std::int64_t now_ms, Board& board) {
  const Orders orders = read_orders(body);
  if (orders.command) take_command(*orders.command);
  return orders.settings && orders.settings->version != version_ &&
         take_settings(*orders.settings, now_ms, board);
}

void Duties::take_command(const CommandOrder& command) {
  // One at a time, and none twice.
  if (stage_ != Stage::none || command.id.view() == last_.view()) return;
  command_ = command;
  stage_ = Stage::told;
}

bool Duties::take_settings(const SettingsOrder& order, std::int64_t now_ms, Board& board) {
  version_ = order.version;
  settings_told_ = false;
  ++report_number_;
  CameraSettings wanted;
  Complaint complaint = read_settings(order.values, wanted);
  if (complaint.empty()) complaint = board.apply(wanted.image);
  complaint_ = complaint;
  status_ = copy_of<16>(complaint.empty() ? "applied" : "rejected");
  if (complaint.empty()) {
    if (!trial_.running()) before_ = values_;  // else those before are the last that were proven
    values_ = copy_of<max_settings>(order.values);
    settings_ = wanted;
    trial_.begin(now_ms);
  }
  save();  // if that fails they hold until the next start, and are told again then
  return complaint.empty();
}

bool Duties::begin() {
  stage_ = Stage::begun;
  accept_told_ = false;
  ++report_number_;
  outcome_ = Outcome::failed;
  reason_.clear();
  result_.clear();
  if (save()) return true;
  end(Outcome::failed, "it could not be written down before", {});
  return false;
}

void Duties::end(Outcome outcome, std::string_view reason, std::string_view result) {
  stage_ = Stage::ended;
  ++report_number_;
  outcome_ = outcome;
  reason_ = copy_of<96>(reason);
  result_ = copy_of<192>(result);
  save();
}

void Duties::write_reports(HeartbeatText& body) const {
  if (version_ > 0) {
    body.append(",\"settings\":{\"version\":").append_number(version_);
    append_field(body, "status", status_.view());
    if (!complaint_.empty()) append_field(body, "reason", complaint_.view());
    body.append('}');
  }
  if (stage_ != Stage::begun && stage_ != Stage::ended) return;
  body.append(",\"reports\":[{\"command\":");
  append_quoted(body, command_.id.view());
  append_field(body, "state", stage_ == Stage::begun ? "accepted" : word_of(outcome_));
  if (!reason_.empty()) append_field(body, "reason", reason_.view());
  if (!result_.empty()) body.append(",\"result\":").append(result_.view());
  body.append("}]");
}

ReportHeader Duties::report_header() const {
  ReportHeader header;
  const bool ended = stage_ == Stage::ended;
  if (ended) {
    header.append("command=");
    append_quoted(header, command_.id.view());
    header.append(", state=").append(word_of(outcome_));
    const auto boot = json_string<36>(result_.view(), "boot");
    if (!boot.empty()) {
      header.append(", boot=");
      append_quoted(header, boot.view());
    }
    for (const std::string_view name : {"sequence", "count"}) {
      const auto number = json_integer(result_.view(), name);
      if (number) header.append(", ").append(name).append("=").append_number(*number);
    }
  }
  if (version_ > 0) {
    if (ended) header.append(", ");
    header.append("settings=").append_number(version_).append(", status=").append(status_.view());
  }
  const std::string_view reason = ended ? reason_.view() : complaint_.view();
  if (!reason.empty()) {
    header.append(", reason=");
    append_quoted(header, reason);
  }
  return header;
}

void Duties::reported(std::uint32_t report_number) {
  if (report_number != report_number_ || !has_report()) return;
  settings_told_ = true;
  accept_told_ = true;
  if (stage_ == Stage::ended) {
    last_ = command_.id;
    stage_ = Stage::none;
  }
  save();  // if that fails it is reported again after the next start, which is harmless
}

void Duties::remark(std::string_view remark) {
  if (status_.view() != "applied" || complaint_.view() == remark) return;
  complaint_ = copy_of<96>(remark);
  settings_told_ = false;
  ++report_number_;
  save();
}

void Duties::reached() {
  if (!trial_.running()) return;
  trial_.reached();
  before_ = copy_of<max_settings>(no_settings);
  save();
}

bool Duties::look_at_trial(std::int64_t now_ms) {
  const auto end = trial_.ended(now_ms);
  if (!end) return false;
  trial_.end();
  values_ = before_;
  settings_ = {};
  static_cast<void>(read_settings(values_.view(), settings_));
  status_ = copy_of<16>("rolled-back");
  complaint_ = copy_of<96>(words_of(*end));
  settings_told_ = false;
  ++report_number_;
  save();
  return true;
}

}  // namespace heliograph::firmware
