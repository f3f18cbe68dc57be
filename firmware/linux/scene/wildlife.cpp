#include "firmware/linux/scene/wildlife.hpp"

#include "firmware/linux/scene/noise.hpp"

#include <cmath>

namespace heliograph::firmware::scene {

namespace {

// Where something is on a way that takes `period` seconds, 0 to 1, and the how manieth time it goes it.
struct Lap {
  float position;
  std::int32_t number;
};

Lap lap(double seconds, double period, float start) {
  const double laps = seconds / period + static_cast<double>(start);
  return {static_cast<float>(laps - std::floor(laps)),
          static_cast<std::int32_t>(std::fmod(std::floor(laps), 1e6))};
}

// A flock crosses the sky, each lap at another height and with another number of birds.
void paint_birds(Canvas& canvas, const View& view, const Light& light, double seconds) {
  const float shown = 1 - light.night;
  const auto width = static_cast<float>(view.width);
  const Lap way = lap(seconds, 95, chance(view.seed, 60));
  const std::uint32_t seed = view.seed + 61 + static_cast<std::uint32_t>(way.number);
  const bool leftward = chance(seed, 0) < 0.5F;
  const int count = 3 + static_cast<int>(chance(seed, 1) * 7);
  for (int i = 0; i < count; ++i) {
    const float along =
        way.position * 1.4F - 0.2F - 0.05F * chance(seed + 2, i) - 0.018F * static_cast<float>(i);
    const float x = width * (leftward ? 1 - along : along);
    const float bob =
        0.012F * std::sin(static_cast<float>(std::fmod(seconds, 1e4)) * 0.8F + static_cast<float>(i) * 2);
    const float y = view.horizon_y * (0.18F + 0.45F * chance(seed, 3) + 0.10F * chance(seed + 4, i) + bob);
    const float span = width * (0.007F + 0.005F * chance(seed + 5, i));
    const float flap =
        std::sin(static_cast<float>(std::fmod(seconds, 1e4)) * 9 + static_cast<float>(i) * 1.7F);
    const Color color = mix({0.10F, 0.10F, 0.13F}, light.horizon, 0.18F);
    for (const float wing : {-1.0F, 1.0F}) {
      canvas.line(x, y, x + wing * span * 0.5F, y - span * 0.28F * flap, 1.5F, color, 0.9F * shown);
      canvas.line(x + wing * span * 0.5F, y - span * 0.28F * flap, x + wing * span, y - span * 0.05F * flap,
                  1.1F, color, 0.9F * shown);
    }
  }
}

// Bees: small, near, out of focus, on restless ways.
void paint_insects(Canvas& canvas, const View& view, const Light& light, double seconds) {
  const auto width = static_cast<float>(view.width);
  const auto height = static_cast<float>(view.height);
  const float shown = 1 - light.night;
  for (int i = 0; i < 7; ++i) {
    const float pace = 0.25F + 0.4F * chance(view.seed + 70, i);
    const auto t = static_cast<float>(std::fmod(seconds * static_cast<double>(pace), 4e4));
    const float x = width * (1.3F * noise(view.seed + 71, t, static_cast<float>(i) * 9) - 0.15F);
    const float y = height * (0.35F + 0.6F * noise(view.seed + 72, t * 1.3F, static_cast<float>(i) * 9));
    const float size = width * (0.0016F + 0.0026F * chance(view.seed + 73, i));
    const Color body = light.ambient * Color{0.45F, 0.33F, 0.12F};
    canvas.disc(x - size, y - size * 0.9F, size * 1.2F, mix(light.horizon, {1, 1, 1}, 0.3F), 0.30F * shown,
                size * 0.8F);
    canvas.disc(x + size, y - size * 0.9F, size * 1.2F, mix(light.horizon, {1, 1, 1}, 0.3F), 0.30F * shown,
                size * 0.8F);
    canvas.disc(x, y, size, body, 0.9F * shown, size * 0.4F);
  }
}

void paint_fireflies(Canvas& canvas, const View& view, const Light& light, double seconds) {
  if (light.night < 0.2F) return;
  const auto width = static_cast<float>(view.width);
  const auto height = static_cast<float>(view.height);
  for (int i = 0; i < 26; ++i) {
    const auto t = static_cast<float>(std::fmod(seconds * 0.11, 4e4));
    const float blink =
        std::sin(static_cast<float>(std::fmod(seconds, 1e4)) * (0.7F + chance(view.seed + 80, i)) +
                 static_cast<float>(i));
    const float glow = light.night * std::max(0.0F, blink);
    const float x = width * (1.2F * noise(view.seed + 81, t, static_cast<float>(i) * 5) - 0.1F);
    const float y =
        view.horizon_y +
        (height - view.horizon_y) * (0.05F + 0.75F * noise(view.seed + 82, t, static_cast<float>(i) * 5));
    const float near = (y - view.horizon_y) / (height - view.horizon_y);
    canvas.disc(x, y, width * 0.006F * (0.4F + near), {0.70F, 0.95F, 0.30F}, 0.30F * glow, width * 0.006F);
    canvas.disc(x, y, 0.8F + 1.2F * near, {0.95F, 1.0F, 0.65F}, glow, 1.0F);
  }
}

// Down the lane between two rows and back again, while there is light to work by.
void paint_tractor(Canvas& canvas, const View& view, const Light& light, double seconds) {
  if (light.altitude < 0.1F) return;
  const Lap way = lap(seconds, 240, chance(view.seed, 90));
  const float z = 46 - 34 * std::cos(2 * pi * way.position);
  const float metre = view.focal / z;
  const float sway = 0.06F * std::sin(way.position * 120);
  const float haze = 1 - std::exp(-z / 150);
  const Color shade = light.ambient + light.sun * 0.55F;
  const auto paint = [&](Color color) { return mix(color * shade, light.horizon, haze); };
  const auto box = [&](float left, float bottom, float right, float top, Color color) {
    const int x1 = static_cast<int>(view.screen_x(right + sway, z));
    const int y1 = static_cast<int>(view.screen_y(bottom, z));
    for (int y = static_cast<int>(view.screen_y(top, z)); y < y1; ++y) {
      for (int x = static_cast<int>(view.screen_x(left + sway, z)); x < x1; ++x) canvas.blend(x, y, color, 1);
    }
  };
  const float ground = view.screen_y(0, z);
  for (float puff = 0; puff < 5; ++puff) {
    const float x = view.screen_x(sway + 1.6F * std::sin(puff * 2.4F + way.position * 60), z);
    canvas.disc(x, ground - metre * 0.25F, metre * (0.35F + 0.12F * puff), paint({0.75F, 0.66F, 0.52F}),
                0.22F, metre * 0.5F);
  }
  box(-1.00F, 0.0F, -0.55F, 1.35F, paint({0.13F, 0.13F, 0.14F}));  // wheels
  box(0.55F, 0.0F, 1.00F, 1.35F, paint({0.13F, 0.13F, 0.14F}));
  box(-0.50F, 0.45F, 0.50F, 1.45F, paint({0.74F, 0.13F, 0.09F}));  // bonnet
  box(-0.36F, 0.60F, 0.36F, 1.15F, paint({0.20F, 0.20F, 0.21F}));
  box(-0.62F, 1.45F, 0.62F, 2.30F, paint({0.16F, 0.16F, 0.17F}));  // cab
  box(-0.54F, 1.53F, 0.54F, 2.22F, mix(paint({0.45F, 0.55F, 0.60F}), light.zenith, 0.4F));
  box(-0.72F, 2.30F, 0.72F, 2.45F, paint({0.70F, 0.12F, 0.08F}));
  for (const float side : {-0.42F, 0.42F}) {
    const Color lamp{1.0F, 0.95F, 0.78F};
    canvas.disc(view.screen_x(side + sway, z), view.screen_y(1.3F, z), 0.09F * metre, lamp, 0.95F,
                0.05F * metre);
  }
}

}  // namespace

void paint_wildlife(Canvas& canvas, const View& view, const Light& light, double seconds) {
  paint_birds(canvas, view, light, seconds);
  paint_insects(canvas, view, light, seconds);
  paint_fireflies(canvas, view, light, seconds);
  paint_tractor(canvas, view, light, seconds);
}

}  // namespace heliograph::firmware::scene
