// The pictures that go over a link, as many as the camera's owner lets them be. The link has a thread of its
// own, which takes them; the limits come from the agent's.
#pragma once

#include "firmware/core/platform/board.hpp"
#include "firmware/core/platform/clock.hpp"
#include "firmware/core/platform/frame_source.hpp"

#include <atomic>
#include <cstdint>
#include <string_view>

namespace heliograph::firmware {

// The longest pause that a link is made to wait, milliseconds. It must answer pings meanwhile: past that
// there is no picture, and it asks again.
inline constexpr std::int64_t max_live_wait_ms = 1'000;
// Milliseconds after the last picture that was asked for in which somebody is still taken to watch: a few
// frames of the slowest film.
inline constexpr std::uint32_t watched_for_ms = 3'000;

class LiveGate final : public FrameSource {
 public:
  // Both outlive this. The link's thread calls the source and sleeps on the clock.
  LiveGate(FrameSource& source, Clock& clock) : source_(source), clock_(clock) {}

  // Any thread.
  void limit(const LiveLimits& limits);
  // Somebody watches: a radio that sleeps between beacons would hold their pictures up.
  bool is_watched() const;

  CaptureStatus capture(std::uint8_t* out, std::size_t capacity, std::int64_t deadline_ms,
                        Frame& frame) override;
  bool can_retake() const override { return source_.can_retake(); }
  void prefer(const FrameWish& wish) override { source_.prefer(wish); }
  std::string_view error_text() const override;

 private:
  FrameSource& source_;
  Clock& clock_;
  std::atomic<bool> sending_{true};
  std::atomic<std::int32_t> max_fps_{0};    // 0: no limit
  std::atomic<std::int32_t> max_kbps_{0};   //
  std::atomic<bool> asked_{false};          // for a picture, ever
  std::atomic<std::uint32_t> asked_ms_{0};  // when last; 32 bits, which a board changes at once
  std::int64_t next_ms_ = 0;                // before which there is none
  std::string_view refusal_;
};

}  // namespace heliograph::firmware
