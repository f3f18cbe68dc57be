// A sensor that takes the pictures a test has prepared, and then the smallest one over and over.
#pragma once

#include "firmware/core/platform/frame_source.hpp"

#include <algorithm>
#include <deque>
#include <string>

namespace heliograph::firmware {

class FakeFrameSource final : public FrameSource {
 public:
  static constexpr std::string_view smallest_jpeg = "\xFF\xD8\xFF\xD9";

  CaptureStatus capture(std::uint8_t* out, std::size_t capacity, std::int64_t, Frame& frame) override {
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
};

}  // namespace heliograph::firmware
