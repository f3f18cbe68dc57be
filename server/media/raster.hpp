// Pixels in memory, and making them fewer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace heliograph::media {

struct Size {
  int width = 0;   // pixels
  int height = 0;  // pixels

  friend bool operator==(const Size&, const Size&) = default;
};

// Rows from top to bottom, `channels` samples for each pixel, no gaps.
struct Raster {
  Raster(Size raster_size, int channel_count);

  Size size;
  int channels;
  std::vector<std::uint8_t> samples;

  friend bool operator==(const Raster&, const Raster&) = default;
};

// The largest size of the same proportions with no edge over `edge`; `size` itself when it fits. Never zero.
Size fit_within(Size size, int edge);

// Every pixel of the result is the mean of the area that it covers, to the nearest whole number. `size` must
// be no larger than the raster's, which may have 16 million pixels.
Raster shrink(const Raster& raster, Size size);

}  // namespace heliograph::media
