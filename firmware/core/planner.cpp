#include "firmware/core/planner.hpp"

#include <algorithm>

namespace heliograph::firmware {

Action Planner::next_action(std::int64_t now_ms, std::size_t waiting) const {
  const bool pending = unspooled_ || waiting > 0;
  if (stopped_ || (!capturing_ && !pending)) return Stop{};

  // Without an interval the next picture is taken when the one before is settled.
  const bool may_capture = capturing_ && (config_.interval_ms > 0 || !pending);
  if (may_capture && now_ms >= next_capture_ms_) return Capture{};
  // Before another try, not only after it: a server that refuses at once would be asked for ever.
  if (!may_capture && out_of_patience(now_ms)) return Stop{};
  if (pending && now_ms >= next_upload_ms_) return Upload{unspooled_};
  if (!may_capture) return wait_for_server();
  return Sleep{pending ? std::min(next_capture_ms_, next_upload_ms_) : next_capture_ms_};
}

bool Planner::out_of_patience(std::int64_t now_ms) const {
  return config_.patience_ms && rebuffed_ && now_ms >= progress_ms_ + *config_.patience_ms;
}

Action Planner::wait_for_server() const {
  if (!config_.patience_ms) return Sleep{next_upload_ms_};
  return Sleep{std::min(next_upload_ms_, progress_ms_ + *config_.patience_ms)};
}

void Planner::captured(std::int64_t now_ms, CaptureResult result) {
  progress_ms_ = now_ms;
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

// The first slot that is still to come: so the schedule does not drift, and two captures always leave room
// for an upload.
void Planner::take_next_slot(std::int64_t now_ms) {
  retakes_ = 0;
  if (config_.interval_ms == 0) {
    next_capture_ms_ = now_ms;
    return;
  }
  const std::int64_t late_ms = std::max<std::int64_t>(0, now_ms - next_capture_ms_);
  next_capture_ms_ += (late_ms / config_.interval_ms + 1) * config_.interval_ms;
}

std::int64_t Planner::uploaded(std::int64_t now_ms, const UploadResult& result) {
  const std::int64_t pause_ms = pause_after(result);
  next_upload_ms_ = now_ms + pause_ms;
  rebuffed_ = result.verdict != Verdict::stored && result.verdict != Verdict::refused;
  if (!rebuffed_) {
    unspooled_ = false;
    progress_ms_ = now_ms;
  }
  return pause_ms;
}

std::int64_t Planner::pause_after(const UploadResult& result) {
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
