// A sensor that agent and link share: one of them at a time, each with one of these, and wishes of its own.
#pragma once

#include "firmware/core/platform/frame_source.hpp"
#include "firmware/core/platform/lock.hpp"
#include "firmware/core/text.hpp"

namespace heliograph::firmware {

class LockedSource final : public FrameSource {
 public:
  // Both outlive this.
  LockedSource(FrameSource& source, Lock& lock) : source_(source), lock_(lock) {}

  CaptureStatus capture(std::uint8_t* out, std::size_t capacity, std::int64_t deadline_ms,
                        Frame& frame) override {
    const Guard guard(lock_);
    source_.prefer(wish_);
    const CaptureStatus status = source_.capture(out, capacity, deadline_ms, frame);
    if (status != CaptureStatus::ok) error_ = Text<96>(source_.error_text());
    return status;
  }
  bool can_retake() const override { return source_.can_retake(); }
  void rest(std::int64_t for_ms) override {
    const Guard guard(lock_);
    source_.rest(for_ms);
  }
  void prefer(const FrameWish& wish) override { wish_ = wish; }
  std::string_view error_text() const override { return error_.view(); }

 private:
  FrameSource& source_;
  Lock& lock_;
  FrameWish wish_;
  Text<96> error_;  // of this one's last capture
};

}  // namespace heliograph::firmware
