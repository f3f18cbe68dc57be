#include "firmware/linux/scene/sky.hpp"

#include "firmware/linux/scene/noise.hpp"

#include <cmath>

namespace heliograph::firmware::scene {

namespace {

struct Spot {
  float x;
  float y;
};

// Where the sun or the moon stands in the picture.
Spot lamp_spot(const View& view, const Light& light) {
  const float height = std::sin(pi * light.arc);
  return {view.vanishing_x + static_cast<float>(view.width) * 0.62F * (2 * light.arc - 1),
          view.horizon_y - height * static_cast<float>(view.height) * 0.62F};
}

void paint_stars(Canvas& canvas, const View& view, const Light& light, double seconds) {
  const int count = static_cast<int>(static_cast<float>(view.width) * view.horizon_y / 1'500);
  for (int i = 0; i < count; ++i) {
    const float x = chance(view.seed + 11, i) * static_cast<float>(view.width);
    const float y = chance(view.seed + 12, i) * view.horizon_y;
    const float brightness = std::pow(chance(view.seed + 13, i), 4.0F);
    const float twinkle =
        0.75F + 0.25F * std::sin(static_cast<float>(seconds) * 2 + chance(view.seed + 14, i) * 60);
    const float haze = 1 - y / view.horizon_y;
    const Color tint = mix(Color{1.0F, 0.85F, 0.7F}, Color{0.75F, 0.85F, 1.0F}, chance(view.seed + 15, i));
    canvas.disc(x, y, 0.3F + brightness, tint, (0.25F + brightness) * twinkle * haze * light.night, 0.8F);
  }
}

void paint_moon(Canvas& canvas, const Light& light, Spot spot, float radius) {
  const float shown = light.night;
  canvas.disc(spot.x, spot.y, radius * 4, {0.55F, 0.62F, 0.80F}, 0.16F * shown, radius * 4);
  canvas.disc(spot.x, spot.y, radius, {0.93F, 0.93F, 0.86F}, shown);
  // Its seas.
  canvas.disc(spot.x - radius * 0.3F, spot.y - radius * 0.2F, radius * 0.3F, {0.78F, 0.79F, 0.76F},
              0.6F * shown, radius * 0.2F);
  canvas.disc(spot.x + radius * 0.2F, spot.y + radius * 0.35F, radius * 0.22F, {0.78F, 0.79F, 0.76F},
              0.5F * shown, radius * 0.2F);
}

// The gradient, and the glow around a low sun.
Color clear_sky(const View& view, const Light& light, Spot lamp, float x, float y) {
  const float height = std::clamp(1 - y / view.horizon_y, 0.0F, 1.0F);
  Color color = mix(light.horizon, light.zenith, std::pow(height, 0.62F));
  const float distance = std::hypot(x - lamp.x, (y - lamp.y) * 1.25F) / static_cast<float>(view.width);
  const float day = 1 - light.night;
  const float glow =
      day * (0.55F * std::exp(-distance * 9) + light.golden * 0.50F * std::exp(-distance * 3.2F));
  return color + light.sun * (glow * 0.8F);
}

// How thick the clouds are in a direction: a flat ceiling of noise that drifts with the wind, seen in
// perspective.
float cloud_density(const View& view, float x, float y, double seconds) {
  const float below = std::max(4.0F, view.horizon_y - y) / view.horizon_y;
  const float depth = 1 / (below + 0.18F);
  const auto drift = static_cast<float>(std::fmod(seconds * 0.0045, 4096.0));
  const float u = (x - view.vanishing_x) / static_cast<float>(view.width) * depth * 5.0F + drift;
  const float v = depth * 2.6F;
  // Some hours are clearer than others.
  const float cover =
      0.44F + 0.16F * noise(view.seed + 20, static_cast<float>(std::fmod(seconds / 5'400, 4096.0)), 0);
  const float thickness = rough_noise(view.seed + 21, u, v, 5);
  return smooth_step(1 - cover, 1.22F - cover, thickness) * smooth_step(0.0F, 0.12F, below);
}

Color cloud_color(const View& view, const Light& light, float x, float y, float density, Spot lamp) {
  const float toward_lamp =
      std::exp(-std::hypot(x - lamp.x, y - lamp.y) / (static_cast<float>(view.width) * 0.35F));
  const Color bright = light.ambient * 0.80F + light.sun * (0.50F + 0.35F * toward_lamp);
  const Color base = mix(light.ambient * 1.25F, light.horizon, 0.55F);
  return mix(bright, base, density * 0.7F);
}

void paint_block(Canvas& canvas, int x, int y, Color color, float opacity) {
  for (int dy = 0; dy < 2; ++dy) {
    for (int dx = 0; dx < 2; ++dx) canvas.blend(x + dx, y + dy, color, opacity);
  }
}

}  // namespace

void paint_sky(Canvas& canvas, const View& view, const Light& light, double seconds) {
  const Spot lamp = lamp_spot(view, light);
  const int bottom = std::min(view.height, static_cast<int>(view.horizon_y) + 1);
  // Sky and clouds are soft: one value for four pixels does.
  for (int y = 0; y < bottom; y += 2) {
    for (int x = 0; x < view.width; x += 2) {
      const Color color = clear_sky(view, light, lamp, static_cast<float>(x), static_cast<float>(y));
      paint_block(canvas, x, y, color, 1);
    }
  }
  if (light.night > 0.05F) paint_stars(canvas, view, light, seconds);
  const float radius = static_cast<float>(view.width) * 0.019F;
  if (light.altitude < moonrise_altitude) {
    paint_moon(canvas, light, lamp, radius);
  } else {
    canvas.disc(lamp.x, lamp.y, radius, mix(light.sun, {1, 1, 0.94F}, 0.7F), 0.97F, 2.0F);
  }
  for (int y = 0; y < bottom; y += 2) {
    for (int x = 0; x < view.width; x += 2) {
      const auto fx = static_cast<float>(x);
      const auto fy = static_cast<float>(y);
      const float density = cloud_density(view, fx, fy, seconds);
      if (density <= 0.01F) continue;
      const float opacity = density * (0.88F - 0.30F * light.night);
      paint_block(canvas, x, y, cloud_color(view, light, fx, fy, density, lamp), opacity);
    }
  }
}

}  // namespace heliograph::firmware::scene
