// Pictures for tests, drawn by code: nothing to license, nothing to store, and every test says what it needs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace heliograph::fixtures {

using Bytes = std::vector<std::uint8_t>;

struct Colour {
  std::uint8_t red = 0, green = 0, blue = 0;
};

enum class Coding { baseline, progressive };
enum class Channels { colour, grey, cmyk };

struct Picture {
  int width = 320;         // pixels
  int height = 240;        // pixels
  int quality = 80;        // libjpeg's scale
  std::uint32_t seed = 1;  // another seed is another picture, the same seed the same bytes
  Coding coding = Coding::baseline;
  Channels channels = Channels::colour;
  std::uint32_t noise = 0;  // another one is the same picture, taken again; 0: as the seed has it
  double light = 1;         // each channel times this, cut off at white
  double thing = 0;  // the share of the picture that something covers, dark or bright, as is not behind it
};

// A sky, a field, and things in it. Throws when libjpeg-turbo refuses, as every function here does.
Bytes make_jpeg(const Picture& picture = {});

// One colour all over, so that its mean is known after every copy.
Bytes make_plain_jpeg(int width, int height, Colour colour);

// What a camera sends whose FIFO is read in whole blocks.
Bytes zero_padded(Bytes jpeg, std::size_t zeros);

// Bytes that no picture has: what is stored when the start of a frame was lost. Does not begin with FF.
Bytes make_noise(std::size_t size, std::uint32_t seed);

// What a decoder sees.
struct Pixels {
  int width = 0;
  int height = 0;
  Colour mean;
};
Pixels decode_jpeg(std::span<const std::uint8_t> jpeg);

}  // namespace heliograph::fixtures
