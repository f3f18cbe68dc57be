#include "firmware/linux/scene/light.hpp"

#include <cmath>
#include <iterator>

namespace heliograph::firmware::scene {

namespace {

// How the sky looks while the sun stands so high. Between two rows the colours are mixed.
struct Mood {
  float altitude;
  Color zenith;
  Color horizon;
  Color sun;
  Color ambient;
};

constexpr Mood moods[] = {
    {-0.35F,
     {0.028F, 0.046F, 0.115F},
     {0.110F, 0.145F, 0.250F},
     {0.34F, 0.41F, 0.56F},
     {0.180F, 0.215F, 0.330F}},
    {-0.12F,
     {0.075F, 0.105F, 0.250F},
     {0.430F, 0.280F, 0.340F},
     {0.16F, 0.14F, 0.18F},
     {0.230F, 0.230F, 0.330F}},
    {0.00F,
     {0.190F, 0.270F, 0.500F},
     {0.960F, 0.560F, 0.340F},
     {0.80F, 0.40F, 0.20F},
     {0.430F, 0.400F, 0.460F}},
    {0.16F,
     {0.300F, 0.480F, 0.740F},
     {0.980F, 0.800F, 0.560F},
     {1.05F, 0.72F, 0.42F},
     {0.500F, 0.500F, 0.540F}},
    {0.45F,
     {0.240F, 0.500F, 0.840F},
     {0.760F, 0.870F, 0.940F},
     {1.00F, 0.92F, 0.74F},
     {0.500F, 0.540F, 0.600F}},
    {1.00F,
     {0.170F, 0.430F, 0.820F},
     {0.720F, 0.850F, 0.950F},
     {1.02F, 0.97F, 0.86F},
     {0.520F, 0.560F, 0.620F}},
};

}  // namespace

Light::Light(float hour) {
  const float turn = pi * (hour - 6) / 12;
  altitude = std::sin(turn);

  std::size_t upper = 1;
  while (upper + 1 < std::size(moods) && moods[upper].altitude < altitude) ++upper;
  const Mood& below = moods[upper - 1];
  const Mood& above = moods[upper];
  const float t = std::clamp((altitude - below.altitude) / (above.altitude - below.altitude), 0.0F, 1.0F);
  zenith = mix(below.zenith, above.zenith, t);
  horizon = mix(below.horizon, above.horizon, t);
  sun = mix(below.sun, above.sun, t);
  ambient = mix(below.ambient, above.ambient, t);

  // The moon is where the sun was twelve hours ago.
  const bool moonlight = altitude < moonrise_altitude;
  const float lamp_turn = moonlight ? turn + pi : turn;
  arc = std::fmod(lamp_turn / pi + 4, 2.0F);
  const float lamp_altitude = std::max(0.10F, std::abs(altitude));
  to_sun = normalized({-std::cos(lamp_turn), lamp_altitude * 1.1F, -0.35F});
  night = 1 - smooth_step(-0.30F, 0.02F, altitude);
  golden = smooth_step(-0.20F, 0.0F, altitude) * (1 - smooth_step(0.10F, 0.45F, altitude));
}

}  // namespace heliograph::firmware::scene
