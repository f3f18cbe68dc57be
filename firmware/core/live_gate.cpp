#include "firmware/core/live_gate.hpp"

#include <algorithm>

namespace heliograph::firmware {

void LiveGate::limit(const LiveLimits& limits) {
  sending_ = limits.sending;
  max_fps_ = static_cast<std::int32_t>(limits.max_fps.value_or(0));
  max_kbps_ = static_cast<std::int32_t>(limits.max_kbps.value_or(0));
}

bool LiveGate::is_watched() const {
  return asked_ && static_cast<std::uint32_t>(clock_.mono_ms()) - asked_ms_ < watched_for_ms;
}

CaptureStatus LiveGate::capture(std::uint8_t* out, std::size_t capacity, std::int64_t deadline_ms,
                                Frame& frame) {
  refusal_ = {};
  if (!sending_) {
    refusal_ = "the month's data is used up";
    return CaptureStatus::failed;
  }
  const std::int64_t now_ms = clock_.mono_ms();
  asked_ms_ = static_cast<std::uint32_t>(now_ms);
  asked_ = true;
  if (next_ms_ > now_ms + max_live_wait_ms) {
    clock_.sleep_until(now_ms + max_live_wait_ms);
    refusal_ = "the limit of its live pictures";
    return CaptureStatus::failed;
  }
  if (next_ms_ > now_ms) clock_.sleep_until(next_ms_);
  const std::int64_t begun_ms = clock_.mono_ms();
  const CaptureStatus status = source_.capture(out, capacity, deadline_ms, frame);
  if (status != CaptureStatus::ok) return status;
  const std::int32_t fps = max_fps_;
  const std::int32_t kbps = max_kbps_;
  const std::int64_t by_rate_ms = fps > 0 ? 1'000 / fps : 0;
  const std::int64_t by_bits_ms = kbps > 0 ? static_cast<std::int64_t>(frame.size) * 8 / kbps : 0;
  next_ms_ = begun_ms + std::max(by_rate_ms, by_bits_ms);
  return status;
}

std::string_view LiveGate::error_text() const {
  return refusal_.empty() ? source_.error_text() : refusal_;
}

}  // namespace heliograph::firmware
