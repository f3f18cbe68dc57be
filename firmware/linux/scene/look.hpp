// What a sensor's own processor makes of a picture before it becomes a JPEG: brightness, colours, effects,
// and which way up it is. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace heliograph::firmware::scene {

enum class Effect { none, negative, black_and_white, sepia, redish, greenish, blueish, yellowish };

struct Look {
  float gain = 1;        // exposure and ISO together: twice as much is one stop
  float grain = 0;       // noise that a large gain brings along, of 255
  float red = 1;         // white balance
  float green = 1;       //
  float blue = 1;        //
  float brightness = 0;  // added, of 255
  float contrast = 1;    // around the middle grey
  float saturation = 1;  // 0: grey
  Effect effect = Effect::none;

  // The picture stays as it is.
  bool is_plain() const;
};

// Of pixels with three bytes each, red first.
void apply(const Look& look, std::vector<std::uint8_t>& pixels);

// Turns a picture of `width` × `height` by so many quarters to the right, 0 to 3. After an odd number its
// width is the height that it had.
std::vector<std::uint8_t> turned(const std::vector<std::uint8_t>& pixels, int width, int height,
                                 int quarters);

}  // namespace heliograph::firmware::scene
