#include "server/media/thumb_hash.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace heliograph::media {
namespace {

// Pixels along the longer edge that are looked at: the hash has seven waves across at most, and more pixels
// would not move them.
constexpr int looked_at_edge = 32;
// Waves along the longer edge: of brightness, and of each of the two colours.
constexpr int brightness_waves = 7;
constexpr int colour_waves = 3;
// Less than this is no wave but what is left of rounding, in a picture of one colour.
constexpr double no_wave = 1e-9;

// One of the picture's three signals as a sum of waves: the mean, the largest of the others, and those as
// parts of it, from 0 to 1.
struct Waves {
  double mean = 0;
  double scale = 0;
  std::vector<double> parts;
};

// Brightness, yellow against blue, red against green.
struct Signals {
  explicit Signals(const Raster& raster);

  Size size;
  std::vector<double> brightness, yellow, red;
};

Signals::Signals(const Raster& raster) : size(raster.size) {
  const bool grey = raster.channels == 1;
  for (std::size_t i = 0; i < raster.samples.size(); i += static_cast<std::size_t>(raster.channels)) {
    const double r = raster.samples[i] / 255.0;
    const double g = grey ? r : raster.samples[i + 1] / 255.0;
    const double b = grey ? r : raster.samples[i + 2] / 255.0;
    brightness.push_back((r + g + b) / 3);
    yellow.push_back((r + g) / 2 - b);
    red.push_back(r - g);
  }
}

// cos(π/n·wave·(i+½)) for each of the n places.
std::vector<double> cosines(int count, int wave) {
  std::vector<double> values;
  for (int i = 0; i < count; ++i) values.push_back(std::cos(std::numbers::pi / count * wave * (i + 0.5)));
  return values;
}

double amplitude(const std::vector<double>& signal, const std::vector<double>& across,
                 const std::vector<double>& down) {
  double sum = 0;
  std::size_t i = 0;
  for (const double y : down) {
    for (const double x : across) sum += signal[i++] * x * y;
  }
  return sum / static_cast<double>(signal.size());
}

// The waves of the upper left triangle of `wide` × `high`.
Waves transform(const std::vector<double>& signal, Size size, int wide, int high) {
  Waves waves;
  for (int down = 0; down < high; ++down) {
    const auto vertical = cosines(size.height, down);
    for (int across = 0; across * high < wide * (high - down); ++across) {
      const double found = amplitude(signal, cosines(size.width, across), vertical);
      if (across == 0 && down == 0) {
        waves.mean = found;
      } else {
        waves.parts.push_back(found);
        waves.scale = std::max(waves.scale, std::abs(found));
      }
    }
  }
  for (double& part : waves.parts) part = waves.scale < no_wave ? 0 : 0.5 + 0.5 / waves.scale * part;
  return waves;
}

// `value` from 0 to 1 in so many steps. Rounded as JavaScript does: the halves up.
std::uint32_t steps(double value, int count) {
  return static_cast<std::uint32_t>(std::clamp(std::floor(count * value + 0.5), 0.0, double{1} * count));
}

int waves_along(int edge, int longer) {
  return std::max(1, static_cast<int>(std::floor(double{brightness_waves} * edge / longer + 0.5)));
}

void append(std::vector<std::uint8_t>& hash, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) hash.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

}  // namespace

std::vector<std::uint8_t> thumb_hash(const Raster& raster) {
  const Signals signals(shrink(raster, fit_within(raster.size, looked_at_edge)));
  const auto [width, height] = signals.size;
  const int longer = std::max(width, height);
  const int wide = waves_along(width, longer);
  const int high = waves_along(height, longer);
  const Waves brightness =
      transform(signals.brightness, signals.size, std::max(colour_waves, wide), std::max(colour_waves, high));
  const Waves yellow = transform(signals.yellow, signals.size, colour_waves, colour_waves);
  const Waves red = transform(signals.red, signals.size, colour_waves, colour_waves);

  const bool landscape = width > height;
  const auto shorter = static_cast<std::uint32_t>(landscape ? high : wide);
  std::vector<std::uint8_t> hash;
  append(hash,
         steps(brightness.mean, 63) | steps((1 + yellow.mean) / 2, 63) << 6 |
             steps((1 + red.mean) / 2, 63) << 12 | steps(brightness.scale, 31) << 18,
         3);
  append(hash,
         shorter | steps(yellow.scale, 63) << 3 | steps(red.scale, 63) << 9 | (landscape ? 1U : 0U) << 15, 2);
  bool upper_half = false;
  for (const Waves* waves : {&brightness, &yellow, &red}) {
    for (const double part : waves->parts) {
      const auto nibble = static_cast<std::uint8_t>(steps(part, 15));
      if (upper_half) {
        hash.back() = static_cast<std::uint8_t>(hash.back() | nibble << 4);
      } else {
        hash.push_back(nibble);
      }
      upper_half = !upper_half;
    }
  }
  return hash;
}

}  // namespace heliograph::media
