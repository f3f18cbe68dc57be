// One sensor, two threads that take pictures with it: the one after the other. A webcam cannot be opened
// twice.
#pragma once

#include "firmware/core/platform/frame_source.hpp"

#include <mutex>
#include <string>

namespace heliograph::firmware {

// Each thread has one of its own, over the same source and mutex, which outlive it.
class SharedSource final : public FrameSource {
 public:
  SharedSource(FrameSource& source, std::mutex& mutex) : source_(source), mutex_(mutex) {}

  CaptureStatus capture(std::uint8_t* out, std::size_t capacity, std::int64_t deadline_ms,
                        Frame& frame) override {
    const std::lock_guard lock(mutex_);
    const CaptureStatus status = source_.capture(out, capacity, deadline_ms, frame);
    error_ = source_.error_text();
    return status;
  }
  bool can_retake() const override { return source_.can_retake(); }
  void rest(std::int64_t for_ms) override {
    const std::lock_guard lock(mutex_);
    source_.rest(for_ms);
  }
  std::string_view error_text() const override { return error_; }

 private:
  FrameSource& source_;
  std::mutex& mutex_;
  std::string error_;  // of this thread's last call
};

}  // namespace heliograph::firmware
