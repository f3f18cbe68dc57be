// A sensor that takes the pictures a test has prepared, and then the smallest one over and over.
#pragma once

#include "firmware/core/platform/fake_clock.hpp"
#include "firmware/core/platform/frame_source.hpp"

#include <algorithm>
#include <deque>
#include <string>

namespace heliograph::firmware {

class FakeFrameSource final : public FrameSource {
 public:
  static constexpr std::string_view smallest_jpeg = "\xFF\xD8\xFF\xD9";

  CaptureStatus capture(std::uint8_t* out, std::size_t capacity, std::int64_t deadline_ms,
                        Frame& frame) override {
    if (hangs != nullptr && ++captures_ % 3 == 0) {
      hangs->sleep_until(deadline_ms);
      return CaptureStatus::failed;
    }
    if (!connected) return CaptureStatus::failed;
    if (pictures.empty() && ends) return CaptureStatus::exhausted;
    std::string picture(smallest_jpeg);
    if (!pictures.empty()) {
      picture = pictures.front();
      pictures.pop_front();
    }
    if (picture.size() > capacity) return CaptureStatus::failed;
    std::copy(picture.begin(), picture.end(), out);
    frame = next;
    frame.size = picture.size();
    return CaptureStatus::ok;
  }

  bool can_retake() const override { return retakes; }
  void prefer(const FrameWish& wish) override { wanted = wish; }
  std::string_view error_text() const override { return "the sensor does not answer"; }

  std::deque<std::string> pictures;
  Frame next;        // what is said beside the next pictures
  FrameWish wanted;  // last
  bool connected = true;
  bool ends = false;  // exhausted after `pictures`
  bool retakes = true;
  FakeClock* hangs = nullptr;  // each third time, until its deadline

 private:
  int captures_ = 0;
};

}  // namespace heliograph::firmware
