#include "firmware/core/errand.hpp"

#include "firmware/core/json_text.hpp"

namespace heliograph::firmware {
namespace {

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

Outcome outcome_of(std::string_view word) {
  if (word == "succeeded") return Outcome::succeeded;
  return word == "failed" ? Outcome::failed : Outcome::rejected;
}

// What of a command's kind must be known after a restart.
std::string_view word_of(CommandKind kind) {
  if (kind == CommandKind::reboot) return "reboot";
  return kind == CommandKind::update_firmware ? "update" : "other";
}

CommandKind kind_of(std::string_view word) {
  if (word == "reboot") return CommandKind::reboot;
  return word == "update" ? CommandKind::update_firmware : CommandKind::unknown;
}

}  // namespace

void Errand::take(const CommandOrder& order) {
  if (stage_ != Stage::none || order.id.view() == last_.view()) return;
  order_ = order;
  stage_ = Stage::told;
}

void Errand::begin() {
  stage_ = Stage::begun;
  begin_reported_ = false;
  outcome_ = Outcome::failed;
  reason_.clear();
  result_.clear();
}

void Errand::end(Outcome outcome, std::string_view reason, std::string_view result) {
  stage_ = Stage::ended;
  outcome_ = outcome;
  reason_ = ReasonText(reason);
  result_ = ResultText(result);
}

void Errand::reported() {
  begin_reported_ = true;
  if (stage_ != Stage::ended) return;
  last_ = order_.id;
  stage_ = Stage::none;
}

ErrandText Errand::report() const {
  ErrandText text;
  if (!has_begun() && !has_ended()) return text;
  text.append("{\"command\":");
  append_quoted(text, order_.id.view());
  append_member(text, "state", has_begun() ? "accepted" : word_of(outcome_));
  if (!reason_.empty()) append_member(text, "reason", reason_.view());
  if (!result_.empty()) text.append(",\"result\":").append(result_.view());
  text.append('}');
  return text;
}

ErrandText Errand::to_json() const {
  ErrandText text(std::string_view("{\"last\":"));
  append_quoted(text, last_.view());
  if (has_begun() || has_ended()) {
    append_member(text, "command", order_.id.view());
    append_member(text, "kind", word_of(order_.kind));
    append_member(text, "release", order_.release.view());
    append_member(text, "stage", has_ended() ? "ended" : "begun");
    append_member(text, "outcome", word_of(outcome_));
    append_member(text, "reason", reason_.view());
    if (!result_.empty()) text.append(",\"result\":").append(result_.view());
  }
  text.append('}');
  return text;
}

void Errand::restore(std::string_view json) {
  last_ = json_string<36>(json, "last");
  order_.id = json_string<36>(json, "command");
  if (order_.id.empty()) return;
  order_.kind = kind_of(json_string<8>(json, "kind").view());
  order_.release = json_string<36>(json, "release");
  stage_ = json_string<8>(json, "stage").view() == "ended" ? Stage::ended : Stage::begun;
  outcome_ = outcome_of(json_string<16>(json, "outcome").view());
  reason_ = json_string<96>(json, "reason");
  result_ = ResultText(json_member(json, "result").value_or(""));
}

}  // namespace heliograph::firmware
