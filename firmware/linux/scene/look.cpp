#include "firmware/linux/scene/look.hpp"

#include <algorithm>
#include <cstddef>

namespace heliograph::firmware::scene {
namespace {

using Curve = std::array<float, 256>;

constexpr float white = 255;
constexpr float middle = 128;

// What a level becomes, without noise.
Curve curve_of(const Look& look, float balance) {
  Curve curve{};
  for (std::size_t level = 0; level < curve.size(); ++level) {
    const float lit = std::min(static_cast<float>(level) * look.gain * balance, white);
    curve[level] = (lit - middle) * look.contrast + middle + look.brightness;
  }
  return curve;
}

// What a grey of one becomes. Absent for effects that keep the colours.
struct Tint {
  bool grey = false;
  float red = 1;
  float green = 1;
  float blue = 1;
};

Tint tint_of(Effect effect) {
  switch (effect) {
    case Effect::black_and_white:
      return {true, 1, 1, 1};
    case Effect::sepia:
      return {true, 1.07F, 0.95F, 0.74F};
    case Effect::redish:
      return {true, 1.25F, 0.8F, 0.8F};
    case Effect::greenish:
      return {true, 0.8F, 1.25F, 0.8F};
    case Effect::blueish:
      return {true, 0.8F, 0.8F, 1.25F};
    case Effect::yellowish:
      return {true, 1.15F, 1.1F, 0.6F};
    case Effect::none:
    case Effect::negative:
      break;
  }
  return {};
}

std::uint8_t level(float value) {
  return static_cast<std::uint8_t>(std::clamp(value, 0.0F, white));
}

}  // namespace

bool Look::is_plain() const {
  const bool lit = gain == 1 && grain == 0 && red == 1 && green == 1 && blue == 1;
  return lit && brightness == 0 && contrast == 1 && saturation == 1 && effect == Effect::none;
}

void apply(const Look& look, std::vector<std::uint8_t>& pixels) {
  const Curve red = curve_of(look, look.red);
  const Curve green = curve_of(look, look.green);
  const Curve blue = curve_of(look, look.blue);
  const Tint tint = tint_of(look.effect);
  const bool negative = look.effect == Effect::negative;
  std::uint32_t random = 0x9E3779B9;
  for (std::size_t at = 0; at + 2 < pixels.size(); at += 3) {
    float r = red[pixels[at]];
    float g = green[pixels[at + 1]];
    float b = blue[pixels[at + 2]];
    const float luma = 0.299F * r + 0.587F * g + 0.114F * b;
    if (tint.grey) {
      r = luma * tint.red;
      g = luma * tint.green;
      b = luma * tint.blue;
    } else {
      r = luma + (r - luma) * look.saturation;
      g = luma + (g - luma) * look.saturation;
      b = luma + (b - luma) * look.saturation;
    }
    random = random * 1'664'525 + 1'013'904'223;
    const float noise = look.grain * (static_cast<float>(random >> 16) / 32'768 - 1);
    pixels[at] = level(negative ? white - r : r + noise);
    pixels[at + 1] = level(negative ? white - g : g + noise);
    pixels[at + 2] = level(negative ? white - b : b + noise);
  }
}

std::vector<std::uint8_t> turned(const std::vector<std::uint8_t>& pixels, int width, int height,
                                 int quarters) {
  std::vector<std::uint8_t> out(pixels.size());
  const int out_width = quarters % 2 == 0 ? width : height;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      int to_x = x;
      int to_y = y;
      if (quarters == 1) {
        to_x = height - 1 - y;
        to_y = x;
      } else if (quarters == 2) {
        to_x = width - 1 - x;
        to_y = height - 1 - y;
      } else if (quarters == 3) {
        to_x = y;
        to_y = width - 1 - x;
      }
      const auto from = 3 * static_cast<std::size_t>(y * width + x);
      const auto to = 3 * static_cast<std::size_t>(to_y * out_width + to_x);
      std::copy_n(&pixels[from], 3, &out[to]);
    }
  }
  return out;
}

}  // namespace heliograph::firmware::scene
