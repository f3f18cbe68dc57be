#include "firmware/linux/scene/caption.hpp"

#include <array>
#include <cstdint>

namespace heliograph::firmware::scene {

namespace {

constexpr int glyph_width = 5;
constexpr int glyph_height = 7;

// Seven rows of five dots, the leftmost dot in the highest bit.
using Glyph = std::array<std::uint8_t, glyph_height>;

constexpr std::array<Glyph, 10> digits = {{
    {0b01110, 0b10001, 0b10011, 0b10101, 0b11001, 0b10001, 0b01110},
    {0b00100, 0b01100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110},
    {0b01110, 0b10001, 0b00001, 0b00110, 0b01000, 0b10000, 0b11111},
    {0b11110, 0b00001, 0b00001, 0b01110, 0b00001, 0b00001, 0b11110},
    {0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010},
    {0b11111, 0b10000, 0b11110, 0b00001, 0b00001, 0b10001, 0b01110},
    {0b00110, 0b01000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110},
    {0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b01000, 0b01000},
    {0b01110, 0b10001, 0b10001, 0b01110, 0b10001, 0b10001, 0b01110},
    {0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00010, 0b01100},
}};
constexpr Glyph dash = {0, 0, 0, 0b11111, 0, 0, 0};
constexpr Glyph colon = {0, 0b00100, 0b00100, 0, 0b00100, 0b00100, 0};
constexpr Glyph hash = {0b01010, 0b01010, 0b11111, 0b01010, 0b11111, 0b01010, 0b01010};
constexpr Glyph space = {};

const Glyph& glyph_of(char character) {
  if (character >= '0' && character <= '9') return digits[static_cast<std::size_t>(character - '0')];
  switch (character) {
    case '-':
      return dash;
    case ':':
      return colon;
    case '#':
      return hash;
    default:
      return space;
  }
}

void paint_glyph(Canvas& canvas, const Glyph& glyph, int left, int top, int dot, Color color, float opacity) {
  for (int y = 0; y < glyph_height * dot; ++y) {
    for (int x = 0; x < glyph_width * dot; ++x) {
      const bool set = glyph[static_cast<std::size_t>(y / dot)] >> (glyph_width - 1 - x / dot) & 1;
      if (set) canvas.blend(left + x, top + y, color, opacity);
    }
  }
}

}  // namespace

void paint_caption(Canvas& canvas, std::string_view text) {
  const int dot = std::max(1, canvas.height / 380);
  const int margin = 5 * dot;
  int left = margin;
  const int top = canvas.height - margin - glyph_height * dot;
  for (const char character : text) {
    paint_glyph(canvas, glyph_of(character), left + dot, top + dot, dot, {0, 0, 0}, 0.65F);  // its shadow
    paint_glyph(canvas, glyph_of(character), left, top, dot, {1, 1, 1}, 0.92F);
    left += (glyph_width + 1) * dot;
  }
}

}  // namespace heliograph::firmware::scene
