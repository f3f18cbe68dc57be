// What a port owes the core about pictures: a sensor, a webcam, a folder, a drawing.
#pragma once

#include "protocol/telemetry.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace heliograph::firmware {

// The name under which the server knows a picture. The same name is the same picture, however often it is
// sent.
struct PictureName {
  std::string_view boot;  // protocol::boot_id_valid()
  std::uint64_t sequence = 0;
};

// What capture() says about the bytes it wrote. The texts stay valid until the next capture().
struct Frame {
  std::size_t size = 0;
  std::string_view label;           // what a person would call it (a file's name); may be empty
  std::optional<PictureName> name;  // none: the agent counts. Set by sources whose pictures outlive a start
  std::optional<std::int64_t> captured_at_ms;  // none: now, if the clock knows
  protocol::Telemetry telemetry;
};

// How pictures are wanted that are looked at now. 0: as the source likes.
struct FrameWish {
  int width = 0;    // pixels, about
  int quality = 0;  // of the JPEG, 1 to 100, about
};

// A sensor may take so long to lie down, milliseconds: three settings over a bus, each of which may be slow.
inline constexpr std::int64_t sensor_rest_limit_ms = 500;

enum class CaptureStatus {
  ok,
  failed,    // nothing this time; error_text() says why
  exhausted  // nothing now, nothing later: a folder was read to its end
};

// Owned by one thread: the agent's, or the link's.
class FrameSource {
 public:
  // Writes one picture to `out`, at most `capacity` bytes, by `deadline_ms`.
  virtual CaptureStatus capture(std::uint8_t* out, std::size_t capacity, std::int64_t deadline_ms,
                                Frame& frame) = 0;

  // A sensor's bytes are checked before they are sent (start, end, padding trimmed): what it garbled can be
  // taken again. A folder's are sent as they are: they cannot be had any better, and the server's answer
  // about them is wanted.
  virtual bool can_retake() const = 0;

  // No picture is wanted for about so long, milliseconds: it may save current until the next capture(), which
  // then takes longer. Over within sensor_rest_limit_ms.
  virtual void rest(std::int64_t) {}

  // From the next picture on, as near as it can come; the pictures of a folder are as they are.
  virtual void prefer(const FrameWish&) {}

  virtual std::string_view error_text() const = 0;

 protected:
  ~FrameSource() = default;
};

}  // namespace heliograph::firmware
