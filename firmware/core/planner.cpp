#include "firmware/core/planner.hpp"

#include <algorithm>

namespace heliograph::firmware {

Action Planner::next_action(std::int64_t now_ms, std::size_t waiting, const Duty& duty) const {
  const bool pending = unspooled_ || waiting > 0;
  if (stopped_ || (!capturing_ && !pending && !duty.report && !duty.command && !wants_fetch(duty)))
    return Stop{};
  if (duty.command) return Obey{};

  if (const auto rest_ms = sensor_rest_ms(now_ms)) return RestSensor{*rest_ms};
  if (now_ms < sleep_until_ms_ && !duty.report) return Sleep{sleep_until_ms_};
  // Without an interval the next picture is taken when the one before is settled.
  const bool may_capture = capturing_ && (interval_ms_ > 0 || !pending) && now_ms >= sleep_until_ms_;
  if (may_capture && now_ms >= next_capture_ms_) return Capture{};
  // Before another try, not only after it: a server that refuses at once would be asked for ever.
  if (!may_capture && out_of_patience(now_ms)) return Stop{};
  const auto heartbeat_ms = heartbeat_due_ms(now_ms, pending, duty);
  if (heartbeat_ms && now_ms >= *heartbeat_ms) return Heartbeat{link_serves(now_ms)};
  if (duty.roots && hears_ && !sparing_ms_ && now_ms >= next_upload_ms_) return AskForRoots{};
  if (wants_fetch(duty) && !(pending && fetched_last_) && now_ms >= next_upload_ms_) return Fetch{};
  if (wants_upload(pending) && now_ms >= next_upload_ms_) return Upload{unspooled_};
  return wait(now_ms, may_capture, pending, duty);
}

// Without an interval the next picture comes as soon as the one before is settled.
std::optional<std::int64_t> Planner::sensor_rest_ms(std::int64_t now_ms) const {
  if (!may_rest_ || !sensor_is_awake_ || !capturing_ || interval_ms_ == 0) return std::nullopt;
  const std::int64_t pause_ms = std::max(next_capture_ms_, sleep_until_ms_) - now_ms;
  return pause_ms >= min_sensor_rest_ms ? std::optional(pause_ms) : std::nullopt;
}

bool Planner::link_serves(std::int64_t now_ms) const {
  return linked_ && !link_is_deaf_ && (!answer_due_ms_ || now_ms < *answer_due_ms_);
}

// What there is to tell goes first, and is told to a server that answers. A picture says that the camera is
// there as well as a heartbeat does.
std::optional<std::int64_t> Planner::heartbeat_due_ms(std::int64_t now_ms, bool pending,
                                                      const Duty& duty) const {
  if (link_serves(now_ms)) {
    if (answer_due_ms_) return std::nullopt;
    if (duty.report || called_) return now_ms;
    return heartbeat_interval_ms() > 0 ? std::optional(next_link_heartbeat_ms_) : std::nullopt;
  }
  if (duty.report || called_ || answer_due_ms_) return next_upload_ms_;
  if (heartbeat_interval_ms() == 0 || wants_upload(pending)) return std::nullopt;
  return std::max(next_heartbeat_ms_, next_upload_ms_);
}

bool Planner::out_of_patience(std::int64_t now_ms) const {
  return config_.patience_ms && rebuffed_ && now_ms >= progress_ms_ + *config_.patience_ms;
}

Action Planner::wait(std::int64_t now_ms, bool may_capture, bool pending, const Duty& duty) const {
  std::optional<std::int64_t> until_ms;
  const auto at_latest = [&until_ms](std::int64_t ms) { until_ms = until_ms ? std::min(*until_ms, ms) : ms; };
  if (may_capture) at_latest(next_capture_ms_);
  if (wants_fetch(duty) || wants_upload(pending)) at_latest(next_upload_ms_);
  if (const auto heartbeat_ms = heartbeat_due_ms(now_ms, pending, duty)) at_latest(*heartbeat_ms);
  if (link_serves(now_ms) && answer_due_ms_) at_latest(*answer_due_ms_);
  if (!may_capture && config_.patience_ms) at_latest(progress_ms_ + *config_.patience_ms);
  return Sleep{until_ms.value_or(now_ms)};
}

void Planner::captured(std::int64_t now_ms, CaptureResult result) {
  progress_ms_ = now_ms;
  sensor_is_awake_ = true;
  // Whatever came of it, the attempt took the memory of the picture before.
  if (result != CaptureResult::exhausted) unspooled_ = result == CaptureResult::unspooled;
  switch (result) {
    case CaptureResult::spooled:
    case CaptureResult::unspooled:
      take_next_slot(now_ms);
      if (config_.count && ++taken_ >= *config_.count) capturing_ = false;
      return;
    case CaptureResult::garbled:
      if (++retakes_ > max_retakes) take_next_slot(now_ms);
      return;
    case CaptureResult::failed:
      take_next_slot(now_ms);
      next_capture_ms_ = std::max(next_capture_ms_, now_ms + capture_failure_pause_ms);
      return;
    case CaptureResult::exhausted:
      capturing_ = false;
      return;
  }
}

void Planner::captured_extra(CaptureResult result) {
  sensor_is_awake_ = true;
  if (result != CaptureResult::exhausted) unspooled_ = result == CaptureResult::unspooled;
}

void Planner::set_interval(std::int64_t now_ms, std::int64_t interval_ms) {
  interval_ms_ = interval_ms;
  next_capture_ms_ = std::min(next_capture_ms_, now_ms + interval_ms);
}

void Planner::set_heartbeat(std::int64_t now_ms, std::int64_t heartbeat_ms) {
  if (heartbeat_ms == heartbeat_ms_) return;
  heartbeat_ms_ = heartbeat_ms;
  next_heartbeat_ms_ = std::min(next_heartbeat_ms_, now_ms + heartbeat_interval_ms());
}

void Planner::spare(std::int64_t now_ms, std::optional<std::int64_t> heartbeat_ms) {
  sparing_ms_ = heartbeat_ms;
  next_heartbeat_ms_ = now_ms + heartbeat_interval_ms();
}

void Planner::postpone_capture(std::int64_t until_ms) {
  next_capture_ms_ = std::max(next_capture_ms_, until_ms);
}

// The first slot that is still to come: so the schedule does not drift, and two captures always leave room
// for an upload.
void Planner::take_next_slot(std::int64_t now_ms) {
  retakes_ = 0;
  if (interval_ms_ == 0) {
    next_capture_ms_ = now_ms;
    return;
  }
  const std::int64_t late_ms = std::max<std::int64_t>(0, now_ms - next_capture_ms_);
  next_capture_ms_ += (late_ms / interval_ms_ + 1) * interval_ms_;
}

std::int64_t Planner::uploaded(std::int64_t now_ms, const UploadResult& result) {
  const std::int64_t pause_ms = pause_after(result);
  next_upload_ms_ = now_ms + pause_ms;
  rebuffed_ = result.verdict != Verdict::stored && result.verdict != Verdict::refused;
  hears_ = !rebuffed_;
  next_heartbeat_ms_ = now_ms + heartbeat_interval_ms();
  fetched_last_ = false;
  if (!rebuffed_) {
    unspooled_ = false;
    progress_ms_ = now_ms;
  }
  return pause_ms;
}

std::int64_t Planner::spoken(std::int64_t now_ms, const UploadResult& result) {
  const std::int64_t pause_ms = pause_after(result);
  next_upload_ms_ = now_ms + pause_ms;
  next_heartbeat_ms_ = now_ms + heartbeat_interval_ms();
  rebuffed_ = result.verdict != Verdict::stored;
  hears_ = !rebuffed_;
  if (answer_due_ms_) link_is_deaf_ = true;
  answer_due_ms_.reset();
  if (!rebuffed_) called_ = false;
  return pause_ms;
}

std::int64_t Planner::fetched(std::int64_t now_ms, const UploadResult& result) {
  const std::int64_t pause_ms = pause_after(result);
  next_upload_ms_ = now_ms + pause_ms;
  fetched_last_ = true;
  return pause_ms;
}

void Planner::linked(bool up) {
  linked_ = up;
  link_is_deaf_ = false;
  called_ = up;  // who it is, and what there is to do
  answer_due_ms_.reset();
}

void Planner::called(std::int64_t now_ms) {
  if (!link_serves(now_ms)) answer_due_ms_.reset();
  link_is_deaf_ = false;
  called_ = true;
}

void Planner::asked(std::int64_t now_ms) {
  called_ = false;
  answer_due_ms_ = now_ms + link_answer_patience_ms;
}

void Planner::answered(std::int64_t now_ms) {
  answer_due_ms_.reset();
  next_link_heartbeat_ms_ = now_ms + std::max(heartbeat_interval_ms(), link_heartbeat_ms);
  next_heartbeat_ms_ = now_ms + heartbeat_interval_ms();
}

std::int64_t Planner::pause_after(const UploadResult& result) {
  if (result.progressed) backoff_.reset();
  const std::int64_t asked_ms = std::min(result.retry_after_ms.value_or(0), max_retry_after_ms);
  switch (result.verdict) {
    case Verdict::stored:
    case Verdict::refused:
      backoff_.reset();
      return 0;
    case Verdict::try_again:
      // On top of what the server asked for, not instead: it told all its cameras the same number.
      return asked_ms + backoff_.next_ms();
    case Verdict::needs_owner:
      return std::max(asked_ms, needs_owner_pause_ms) + random_up_to(random_, backoff_base_ms);
  }
  return 0;
}

}  // namespace heliograph::firmware
