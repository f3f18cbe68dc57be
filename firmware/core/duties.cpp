#include "firmware/core/duties.hpp"

#include "firmware/core/json_text.hpp"
#include "firmware/core/state_file.hpp"

namespace heliograph::firmware {
namespace {

constexpr std::string_view file_name = "ORDERS.TXT";
constexpr std::string_view no_settings = "{}";

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
Text<capacity> copy_of(std::string_view text) {
  return Text<capacity>(text);
}

}  // namespace

void Duties::recover(std::int64_t now_ms) {
  file_.assign([this](char* text, std::size_t capacity) {
    return kept_state(storage_, file_name, text, capacity).size();
  });
  load(file_.view(), now_ms);
  static_cast<void>(read_settings(values_.view(), settings_));
  if (trial_.running()) save();  // that it began anew
  if (!command_.has_begun()) return;
  if (command_.order().kind == CommandKind::reboot) {
    end(Outcome::succeeded, {}, {});
  } else {
    end(Outcome::failed, "broken off by a restart", {});
  }
}

void Duties::load(std::string_view text, std::int64_t now_ms) {
  version_ = json_integer(text, "version").value_or(0);
  settings_told_ = json_member(text, "told").value_or("true") == "true";
  status_ = json_string<16>(text, "status");
  complaint_ = json_string<96>(text, "complaint");
  values_ = copy_of<max_settings>(json_member(text, "values").value_or(no_settings));
  before_ = copy_of<max_settings>(json_member(text, "before").value_or(no_settings));
  if (const auto starts = json_integer(text, "trial")) trial_.resume(*starts, now_ms);
  sleeps_until_ms_ = json_integer(text, "sleeps_until");
  command_.restore(json_member(text, "command").value_or("{}"));
  update_.restore(json_member(text, "update").value_or("{}"));
}

bool Duties::save() {
  file_.clear();
  file_.append("{\"version\":").append_number(version_);
  file_.append(",\"told\":").append(settings_told_ ? "true" : "false");
  append_member(file_, "status", status_.view());
  append_member(file_, "complaint", complaint_.view());
  file_.append(",\"values\":").append(values_.view());
  file_.append(",\"before\":").append(before_.view());
  if (trial_.running()) file_.append(",\"trial\":").append_number(trial_.starts());
  if (sleeps_until_ms_) file_.append(",\"sleeps_until\":").append_number(*sleeps_until_ms_);
  file_.append(",\"command\":").append(command_.to_json().view());
  file_.append(",\"update\":").append(update_.to_json().view());
  file_.append("}");
  return keep_state(storage_, file_name, file_.view());
}

bool Duties::heard(std::string_view body, std::int64_t now_ms, Board& board) {
  const Orders orders = read_orders(body);
  if (orders.command) errand_for(orders.command->kind).take(*orders.command);
  return orders.settings && orders.settings->version != version_ &&
         take_settings(*orders.settings, now_ms, board);
}

Errand& Duties::errand_for(CommandKind kind) {
  return kind == CommandKind::update_firmware ? update_ : command_;
}

const CommandOrder* Duties::to_do() const {
  if (command_.is_told()) return &command_.order();
  return update_.is_told() ? &update_.order() : nullptr;
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
  Errand& errand = command_.is_told() ? command_ : update_;
  errand.begin();
  ++report_number_;
  if (save()) return true;
  errand.end(Outcome::failed, "it could not be written down before", {});
  return false;
}

void Duties::end(Outcome outcome, std::string_view reason, std::string_view result) {
  end(command_, outcome, reason, result);
}

void Duties::end_update(Outcome outcome, std::string_view reason, std::string_view result) {
  end(update_, outcome, reason, result);
}

void Duties::end(Errand& errand, Outcome outcome, std::string_view reason, std::string_view result) {
  errand.end(outcome, reason, result);
  ++report_number_;
  save();
}

bool Duties::has_report() const {
  return command_.has_ended() || update_.has_ended() || update_.is_unheard() ||
         (version_ > 0 && !settings_told_);
}

void Duties::write_reports(HeartbeatText& body) const {
  if (version_ > 0) {
    body.append(",\"settings\":{\"version\":").append_number(version_);
    append_member(body, "status", status_.view());
    if (!complaint_.empty()) append_member(body, "reason", complaint_.view());
    body.append('}');
  }
  std::string_view before = ",\"reports\":[";
  for (const Errand* errand : {&command_, &update_}) {
    const ErrandText report = errand->report();
    if (report.empty()) continue;
    body.append(before).append(report.view());
    before = ",";
  }
  if (before == ",") body.append(']');
}

void Duties::reported(std::uint32_t report_number) {
  if (report_number != report_number_ || !has_report()) return;
  settings_told_ = true;
  command_.reported();
  update_.reported();
  save();  // if that fails it is reported again after the next start, which is harmless
}

void Duties::remark(std::string_view remark) {
  if (status_.view() != "applied" || complaint_.view() == remark) return;
  complaint_ = copy_of<96>(remark);
  settings_told_ = false;
  ++report_number_;
  save();
}

void Duties::woke() {
  sleeps_until_ms_.reset();
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
