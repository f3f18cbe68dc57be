// What the agent does for its updater: the exchanges, the waiting, and telling what came of it.
#include "firmware/core/agent.hpp"

namespace heliograph::firmware {
namespace {

Event about(std::string_view what, std::string_view detail = {}) {
  Event event;
  event.kind = EventKind::updating;
  event.label = what;
  event.detail = detail;
  return event;
}

// Tells the server that the same command may do another time.
constexpr std::string_view put_off_result = R"({"put_off":true})";

}  // namespace

// An update goes on over restarts; its trial is one.
void Agent::recover_update() {
  const ReleaseId* release = duties_.updating();
  if (!updater_) {
    if (release != nullptr) duties_.end_update(Outcome::failed, "this camera takes no updates any more", {});
    return;
  }
  const auto step = updater_->recover(release != nullptr ? release->view() : std::string_view(),
                                      platform_.clock.mono_ms(), config_.trial_ms);
  if (updater_->trial_ends_ms()) log_.record(about("on trial"));
  if (!step) return;
  follow(*step);
  // Only now that it is written down what came of it.
  if (!wants_other_program_) static_cast<void>(platform_.slots->acknowledge());
}

void Agent::look_at_update() {
  const auto ends_ms = updater_ ? updater_->trial_ends_ms() : std::nullopt;
  if (!ends_ms || platform_.clock.mono_ms() < *ends_ms) return;
  follow(updater_->give_up("it did not reach the server in time"));
}

void Agent::begin_update(const CommandOrder& command) {
  if (!updater_)
    return duties_.end_update(Outcome::rejected, "this camera was given no key to believe updates by", {});
  if (command.release.empty())
    return duties_.end_update(Outcome::rejected, "the command names no release", {});
  const Text<96> complaint = battery_complaint();
  if (!complaint.empty()) return follow(updater_->put_off(complaint.view()));
  updater_->begin(command.release.view());
}

Text<96> Agent::battery_complaint() const {
  Text<96> complaint;
  const auto battery_mv = own_telemetry().battery_mv;
  if (!battery_mv || *battery_mv >= min_update_battery_mv) return complaint;
  complaint.append("its battery is at ").append_number(*battery_mv);
  complaint.append(" mV, and an update wants ").append_number(min_update_battery_mv).append(" mV");
  return complaint;
}

void Agent::fetch() {
  const Text<96> complaint = battery_complaint();
  if (!complaint.empty()) return follow(updater_->put_off(complaint.view()));
  const FirmwarePath path = updater_->path();
  authorize({"GET", path.view(), {}, {}, {}, {}}, {});
  updater_->write_request(config_.server, authorization_.view(), request_head_);
  const ExchangeStatus status =
      client_.exchange({request_head_.view(), nullptr, 0, &*updater_, updater_->expected_size()}, response_);
  if (status != ExchangeStatus::answered) make_room();
  const UpdateStep step = updater_->took(status, response_, client_.error_text());
  const std::int64_t pause_ms = planner_.fetched(platform_.clock.mono_ms(), step.verdict);
  if (step.kind == UpdateStep::Kind::fetch && pause_ms > 0) {
    const bool silent = status != ExchangeStatus::answered;
    Event event = about("waits for the server", silent ? client_.error_text() : std::string_view());
    event.status = silent ? 0 : response_.status();
    event.retry_in_ms = pause_ms;
    log_.record(event);
  }
  follow(step);
}

// The server has answered.
void Agent::confirm_update() {
  if (updater_ && updater_->trial_ends_ms()) follow(updater_->reached());
}

void Agent::follow(const UpdateStep& step) {
  switch (step.kind) {
    case UpdateStep::Kind::fetch:
      return;
    case UpdateStep::Kind::restart:
      wants_other_program_ = true;
      log_.record(about("restarts"));
      return;
    case UpdateStep::Kind::done: {
      log_.record(about("done", config_.update.version));
      if (duties_.updating() == nullptr) return;
      ResultText result(std::string_view("{\"version\":\""));
      result.append(config_.update.version).append("\"}");
      duties_.end_update(Outcome::succeeded, {}, result.view());
      static_cast<void>(platform_.slots->acknowledge());
      return;
    }
    case UpdateStep::Kind::failed:
      log_.record(about("failed", step.reason.view()));
      if (duties_.updating() != nullptr) duties_.end_update(Outcome::failed, step.reason.view(), {});
      return;
    case UpdateStep::Kind::put_off:
      log_.record(about("put off", step.reason.view()));
      duties_.end_update(Outcome::failed, step.reason.view(), put_off_result);
      return;
  }
}

}  // namespace heliograph::firmware
