#include "firmware/core/planner.hpp"

#include <algorithm>

namespace heliograph::firmware {

Action Planner::next_action(std::int64_t now_ms, std::size_t waiting) const {
  if (stopped_) return Stop{};
  if (!capturing_) return finish(now_ms, waiting);

  const bool pending = unspooled_ || waiting > 0;
  const bool slot_free = config_.interval_ms > 0 || !pending;
  if (slot_free && now_ms >= next_capture_ms_) return Capture{};
  if (pending && now_ms >= next_upload_ms_) return Upload{unspooled_};
  if (!pending) return Sleep{next_capture_ms_};
  if (!slot_free) return Sleep{next_upload_ms_};
  return Sleep{std::min(next_capture_ms_, next_upload_ms_)};
}

Action Planner::finish(std::int64_t now_ms, std::size_t waiting) const {
  if (!unspooled_ && waiting == 0) return Stop{};
  if (config_.patience_ms && now_ms >= give_up_ms_) return Stop{};
  if (now_ms >= next_upload_ms_) return Upload{unspooled_};
  return Sleep{config_.patience_ms ? std::min(next_upload_ms_, give_up_ms_) : next_upload_ms_};
}

void Planner::captured(std::int64_t now_ms, CaptureResult result) {
  // Whatever came of it, the attempt took the memory of the picture before.
  if (result != CaptureResult::exhausted) unspooled_ = result == CaptureResult::unspooled;
  switch (result) {
    case CaptureResult::spooled:
    case CaptureResult::unspooled:
      take_next_slot(now_ms);
      if (config_.count && ++taken_ >= *config_.count) end_captures(now_ms);
      return;
    case CaptureResult::garbled:
      if (++retakes_ > max_retakes) take_next_slot(now_ms);
      return;
    case CaptureResult::failed:
      take_next_slot(now_ms);
      next_capture_ms_ = std::max(next_capture_ms_, now_ms + capture_failure_pause_ms);
      return;
    case CaptureResult::exhausted:
      end_captures(now_ms);
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

void Planner::end_captures(std::int64_t now_ms) {
  capturing_ = false;
  give_up_ms_ = now_ms + config_.patience_ms.value_or(0);
}

std::int64_t Planner::uploaded(std::int64_t now_ms, const UploadResult& result) {
  const std::int64_t pause_ms = pause_after(result);
  next_upload_ms_ = now_ms + pause_ms;
  if (result.verdict == Verdict::stored || result.verdict == Verdict::refused) unspooled_ = false;
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
