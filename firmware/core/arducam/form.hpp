// How a Mega's pictures shall be, as values of its controls: what settings, a wish or a lack of room make of
// them. Pure.
#pragma once

#include "firmware/core/arducam/sensors.hpp"
#include "firmware/core/platform/board.hpp"
#include "firmware/core/platform/frame_source.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace heliograph::firmware::mega {

// In the order in which they are written: newer sensors forget the resolution with the format, and a value by
// hand counts only once the automatic is off.
enum class Control : std::uint8_t {
  format,
  resolution,  // its place in the sensor's table
  quality,
  rotation,
  white_balance,
  effect,
  brightness,
  contrast,
  saturation,
  exposure_bias,
  sharpness,
  auto_exposure,
  exposure_lines,  // 0: as it is
  auto_gain,
  gain  // 0: as it is
};
inline constexpr std::size_t control_count = 15;

class Form {
 public:
  std::uint16_t& operator[](Control control) { return values_[static_cast<std::size_t>(control)]; }
  std::uint16_t operator[](Control control) const { return values_[static_cast<std::size_t>(control)]; }

 private:
  std::array<std::uint16_t, control_count> values_{};
};

// The form that settings ask for; what they do not name is as the camera likes. With a complaint `form` is
// untouched.
Complaint form_of(const ImageSettings& settings, const Sensor& sensor, Form& form);

// The same picture as somebody who watches would have it: of its shape, no wider than it.
Form wished(const Form& form, const FrameWish& wish, const Sensor& sensor);

// The same picture with fewer bytes, `steps` times: first its quality, then its size. The smallest stays.
Form smaller(const Form& form, int steps, const Sensor& sensor);

struct RegisterWrite {
  std::uint8_t address;
  std::uint8_t value;
};
struct RegisterWrites {
  std::array<RegisterWrite, 3> list;
  std::size_t count = 0;
  bool tells_busy = false;  // the camera shows in mega::automatics_busy when it has done it
};

// What puts a control to a value. The camera is to be idle before each.
RegisterWrites writes_of(Control control, std::uint16_t value, const Sensor& sensor);

}  // namespace heliograph::firmware::mega
