// What the hour does to every colour.
#pragma once

#include "firmware/linux/scene/canvas.hpp"

namespace heliograph::firmware::scene {

// The moon takes over when the sine of the sun's altitude is below this.
inline constexpr float moonrise_altitude = -0.08F;

struct Light {
  // `hour` of the day, 0 to 24; the sun rises at six.
  explicit Light(float hour);

  Color zenith;      // of the sky
  Color horizon;     // of the sky, and of all that is far away
  Color sun;         // what the sun, or the moon, adds to what faces it
  Color ambient;     // what the sky adds to everything
  Direction to_sun;  // or to the moon, at night
  float altitude;    // of the sun: its sine, -1 to 1
  float arc;         // of whichever is up: 0 where it rises, 1 where it sets
  float night;       // 0 by day, 1 by night
  float golden;      // 1 while the sun is low
};

}  // namespace heliograph::firmware::scene
