// In the place of the sensor while the board runs in safe mode: it takes no pictures, and says why.
#pragma once

#include "firmware/core/platform/frame_source.hpp"
#include "firmware/esp32/port/device_board.hpp"

namespace heliograph::firmware {

class AbsentSensor final : public FrameSource, public SensorControl {
 public:
  CaptureStatus capture(std::uint8_t*, std::size_t, std::int64_t, Frame&) override {
    return CaptureStatus::failed;
  }
  bool can_retake() const override { return false; }
  std::string_view error_text() const override { return "safe mode: the board crashed four times in a row"; }
  Complaint apply(const ImageSettings&) override { return {}; }
  std::string_view name() const override { return "none"; }
  std::string_view capabilities() const override { return "]}"; }
  bool is_missing() const override { return true; }
};

}  // namespace heliograph::firmware
