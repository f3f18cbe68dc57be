// Chance that is the same every time: everything in the scene follows from a seed and a place.
#pragma once

#include <cmath>
#include <cstdint>

namespace heliograph::firmware::scene {

// Scrambles its input; every bit of the result depends on all of it.
inline std::uint32_t scramble(std::uint32_t x) {
  x ^= x >> 16;
  x *= 0x7FEB352DU;
  x ^= x >> 15;
  x *= 0x846CA68BU;
  return x ^ x >> 16;
}

// 0 to 1 for a seed and one or two whole numbers.
inline float chance(std::uint32_t seed, std::int32_t x, std::int32_t y = 0) {
  const std::uint32_t mixed =
      scramble(seed ^ scramble(static_cast<std::uint32_t>(x) + 0x9E3779B9U * static_cast<std::uint32_t>(y)));
  return static_cast<float>(mixed >> 8) / 16'777'216.0F;
}

// Smooth hills and valleys of about one unit, 0 to 1.
inline float noise(std::uint32_t seed, float x, float y) {
  const float cell_x = std::floor(x);
  const float cell_y = std::floor(y);
  const float fx = x - cell_x;
  const float fy = y - cell_y;
  const auto ix = static_cast<std::int32_t>(cell_x);
  const auto iy = static_cast<std::int32_t>(cell_y);
  const float sx = fx * fx * (3 - 2 * fx);
  const float sy = fy * fy * (3 - 2 * fy);
  const float top = chance(seed, ix, iy) + (chance(seed, ix + 1, iy) - chance(seed, ix, iy)) * sx;
  const float bottom =
      chance(seed, ix, iy + 1) + (chance(seed, ix + 1, iy + 1) - chance(seed, ix, iy + 1)) * sx;
  return top + (bottom - top) * sy;
}

// The same with smaller hills on the hills, 0 to 1.
inline float rough_noise(std::uint32_t seed, float x, float y, int octaves) {
  float sum = 0;
  float weight = 0.5F;
  float total = 0;
  for (int i = 0; i < octaves; ++i) {
    sum += weight * noise(seed + static_cast<std::uint32_t>(i), x, y);
    total += weight;
    weight *= 0.5F;
    x *= 2.03F;
    y *= 2.03F;
  }
  return sum / total;
}

// A sequence of chances for things that are made once.
class Dice {
 public:
  explicit Dice(std::uint32_t seed) : seed_(seed) {}
  float next() { return chance(seed_, static_cast<std::int32_t>(count_++)); }
  float between(float low, float high) { return low + (high - low) * next(); }

 private:
  const std::uint32_t seed_;
  std::uint32_t count_ = 0;
};

}  // namespace heliograph::firmware::scene
