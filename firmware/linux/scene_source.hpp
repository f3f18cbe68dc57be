// The drawn orchard as a camera: pictures for demonstrations, tests and load, with the telemetry of a
// solar-powered board.
#pragma once

#include "firmware/core/platform/clock.hpp"
#include "firmware/core/platform/frame_source.hpp"
#include "firmware/linux/scene/look.hpp"
#include "firmware/linux/scene/scene.hpp"

#include <memory>
#include <mutex>
#include <string>
#include <turbojpeg.h>
#include <vector>

namespace heliograph::firmware {

struct SceneOptions {
  std::uint32_t seed = 0;  // another place for each
  int camera_number = 1;   // in the caption
  int width = 1024;        // pixels
  int height = 768;        // pixels
  int quality = 85;        // of the JPEG, 1 to 100
  double time_scale = 1;   // how much faster than the real one the sun goes round
};

// What can be set while it runs.
struct SceneForm {
  int width = 0;  // as drawn, before it is turned
  int height = 0;
  int quality = 0;
  int quarters = 0;  // turned to the right, 0 to 3
  scene::Look look;
};

class SceneSource final : public FrameSource {
 public:
  SceneSource(const Clock& clock, const SceneOptions& options);

  // The first one also plants the orchard, which takes about a second.
  CaptureStatus capture(std::uint8_t* out, std::size_t capacity, std::int64_t deadline_ms,
                        Frame& frame) override;
  bool can_retake() const override { return true; }
  // Never wider than its form, and of its shape. Any thread.
  void prefer(const FrameWish& wish) override;
  std::string_view error_text() const override { return error_; }

  // From the next picture on. Any thread.
  void set(const SceneForm& form);

  // The largest picture that capture() may write, bytes.
  static std::size_t max_picture_size(const SceneOptions& options);

 private:
  SceneForm form() const;
  scene::Moment now() const;
  protocol::Telemetry telemetry(float hour) const;

  const Clock& clock_;
  const SceneOptions options_;
  const std::int64_t started_ms_;
  std::unique_ptr<void, decltype(&tjDestroy)> jpeg_;
  std::unique_ptr<scene::Scene> scene_;
  std::vector<std::uint8_t> processed_;  // the pixels of a scene that is not shown as it is drawn
  mutable std::mutex mutex_;
  SceneForm form_;  // guarded by mutex_
  FrameWish wish_;  // guarded by mutex_
  std::string error_;
};

}  // namespace heliograph::firmware
