// A webcam, by Video4Linux: motion JPEG into mapped buffers.
//
// Status: written to the kernel's documentation; what a machine without a camera can show was tested (a
// missing device, something that is no camera), the rest was not run on hardware.
#pragma once

#include "firmware/core/platform/clock.hpp"
#include "firmware/core/platform/frame_source.hpp"
#include "firmware/linux/file_descriptor.hpp"

#include <linux/videodev2.h>
#include <string>
#include <vector>

namespace heliograph::firmware {

class V4l2Source final : public FrameSource {
 public:
  // Opens the device and asks for a picture size; the driver takes the nearest it has. Throws
  // std::runtime_error with a sentence for a person.
  V4l2Source(const Clock& clock, std::string device, int width, int height);
  ~V4l2Source();

  // Starts the camera, throws its first frames away (the exposure has yet to settle) and keeps the next:
  // pictures are minutes apart, and a camera that streams meanwhile heats up and hands out old frames.
  CaptureStatus capture(std::uint8_t* out, std::size_t capacity, std::int64_t deadline_ms,
                        Frame& frame) override;
  bool can_retake() const override { return true; }
  std::string_view error_text() const override { return error_; }

 private:
  struct Mapping {
    void* data;
    std::size_t size;
  };

  int control(unsigned long request, void* argument) const;
  void negotiate(int width, int height);
  void map_buffers();
  void unmap_buffers();
  bool start();
  void stop();
  bool dequeue(std::int64_t deadline_ms, v4l2_buffer& buffer);
  bool fail(const std::string& what);

  const Clock& clock_;
  const std::string device_;
  FileDescriptor fd_;
  std::vector<Mapping> mappings_;
  std::string error_;
};

}  // namespace heliograph::firmware
