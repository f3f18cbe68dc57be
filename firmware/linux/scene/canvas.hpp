// Colours, directions and the picture that is painted on. Values only.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

namespace heliograph::firmware::scene {

inline constexpr float pi = 3.14159265F;

// Red, green and blue as the eye sees them (gamma applied), 0 to 1. Light may exceed 1 until the picture is
// finished.
struct Color {
  float r = 0;
  float g = 0;
  float b = 0;
};

inline Color operator+(Color a, Color b) {
  return {a.r + b.r, a.g + b.g, a.b + b.b};
}
inline Color operator*(Color a, Color b) {
  return {a.r * b.r, a.g * b.g, a.b * b.b};
}
inline Color operator*(Color a, float k) {
  return {a.r * k, a.g * k, a.b * k};
}

// x to the right, y up, z away from the camera.
struct Direction {
  float x = 0;
  float y = 0;
  float z = 0;
};

inline float dot(Direction a, Direction b) {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}

inline Direction normalized(Direction d) {
  const float length = std::sqrt(dot(d, d));
  return {d.x / length, d.y / length, d.z / length};
}

inline float mix(float a, float b, float t) {
  return a + (b - a) * t;
}
inline Color mix(Color a, Color b, float t) {
  return {mix(a.r, b.r, t), mix(a.g, b.g, t), mix(a.b, b.b, t)};
}

// 0 below `from`, 1 above `to`, smooth between.
inline float smooth_step(float from, float to, float x) {
  const float t = std::clamp((x - from) / (to - from), 0.0F, 1.0F);
  return t * t * (3 - 2 * t);
}

struct Canvas {
  Canvas(int width, int height)
      : width(width),
        height(height),
        pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height)) {}

  bool contains(int x, int y) const { return x >= 0 && y >= 0 && x < width && y < height; }
  std::size_t index(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x);
  }
  Color& at(int x, int y) { return pixels[index(x, y)]; }

  // Lays `color` over the pixel; nothing happens outside of the picture.
  void blend(int x, int y, Color color, float opacity) {
    if (contains(x, y)) at(x, y) = mix(at(x, y), color, std::clamp(opacity, 0.0F, 1.0F));
  }

  // A disc with a soft edge of one pixel, or softer.
  void disc(float x, float y, float radius, Color color, float opacity, float softness = 1) {
    const float reach = radius + softness;
    for (int py = static_cast<int>(std::floor(y - reach)); py <= static_cast<int>(std::ceil(y + reach));
         ++py) {
      for (int px = static_cast<int>(std::floor(x - reach)); px <= static_cast<int>(std::ceil(x + reach));
           ++px) {
        const float distance = std::hypot(static_cast<float>(px) - x, static_cast<float>(py) - y);
        blend(px, py, color, opacity * (1 - smooth_step(radius - softness, radius + softness, distance)));
      }
    }
  }

  // A stroke from one point to another.
  void line(float x0, float y0, float x1, float y1, float thickness, Color color, float opacity) {
    const float steps = std::max(1.0F, std::ceil(2 * std::hypot(x1 - x0, y1 - y0)));
    for (float i = 0; i <= steps; ++i) {
      disc(mix(x0, x1, i / steps), mix(y0, y1, i / steps), thickness / 2, color, opacity, 0.6F);
    }
  }

  int width;
  int height;
  std::vector<Color> pixels;
};

}  // namespace heliograph::firmware::scene
