// A drawn orchard that looks different every hour and never stands still: what a virtual camera sees.
//
// The same seed, size and time give the same picture, bit for bit. What must not be in it: clocks, files,
// JPEG.
#pragma once

#include "firmware/linux/scene/canvas.hpp"
#include "firmware/linux/scene/orchard.hpp"
#include "firmware/linux/scene/view.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace heliograph::firmware::scene {

// A moment in the scene's own time zone.
struct Moment {
  double seconds = 0;   // since some beginning: what moves follows it
  float hour = 12;      // of the day, 0 to 24: what shines follows it
  std::string caption;  // digits, '-', ':' and '#'
};

// About 100 bytes per pixel. One thread.
class Scene {
 public:
  // Each seed is another place: view, season, weather.
  Scene(std::uint32_t seed, int width, int height);

  // Three bytes per pixel, red first, top row first. Valid until the next call.
  const std::vector<std::uint8_t>& draw(const Moment& moment);

  int width() const { return view_.width; }
  int height() const { return view_.height; }

 private:
  void develop(float night, std::uint32_t grain_seed);

  const View view_;
  const Orchard orchard_;
  Canvas canvas_;
  std::vector<std::uint8_t> pixels_;
};

}  // namespace heliograph::firmware::scene
