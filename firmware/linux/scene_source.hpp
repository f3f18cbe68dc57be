// The drawn orchard as a camera: pictures for demonstrations, tests and load, with the telemetry of a
// solar-powered board.
#pragma once

#include "firmware/core/platform/clock.hpp"
#include "firmware/core/platform/frame_source.hpp"
#include "firmware/linux/scene/scene.hpp"

#include <memory>
#include <string>
#include <turbojpeg.h>

namespace heliograph::firmware {

struct SceneOptions {
  std::uint32_t seed = 0;  // another place for each
  int camera_number = 1;   // in the caption
  int width = 1024;        // pixels
  int height = 768;        // pixels
  int quality = 85;        // of the JPEG, 1 to 100
  double time_scale = 1;   // how much faster than the real one the sun goes round
};

class SceneSource final : public FrameSource {
 public:
  SceneSource(const Clock& clock, const SceneOptions& options);

  // The first one also plants the orchard, which takes about a second.
  CaptureStatus capture(std::uint8_t* out, std::size_t capacity, std::int64_t deadline_ms,
                        Frame& frame) override;
  bool can_retake() const override { return true; }
  // Never wider than the scene was made, and of its shape.
  void prefer(const FrameWish& wish) override;
  std::string_view error_text() const override { return error_; }

  // From the next picture on.
  void set(int width, int height, int quality);

  // The largest picture that capture() may write, bytes.
  static std::size_t max_picture_size(const SceneOptions& options);

 private:
  scene::Moment now() const;
  protocol::Telemetry telemetry(float hour) const;

  const Clock& clock_;
  const SceneOptions usual_;
  SceneOptions options_;
  const std::int64_t started_ms_;
  std::unique_ptr<void, decltype(&tjDestroy)> jpeg_;
  std::unique_ptr<scene::Scene> scene_;
  std::string error_;
};

}  // namespace heliograph::firmware
