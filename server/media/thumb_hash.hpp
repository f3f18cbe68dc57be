// A picture in two dozen bytes: what its place shows until its thumbnail is there.
//
// The format is ThumbHash (https://evanw.github.io/thumbhash/), which the dashboard decodes by its author's
// library. That has no C++ and the whole of it is a cosine transform, so the encoder is ours; its test holds
// what the library makes of the same pixels.
#pragma once

#include "server/media/raster.hpp"

#include <cstdint>
#include <vector>

namespace heliograph::media {

// Of a raster of one channel or three; 17 to 24 bytes. Pure. A fraction of a millisecond, whatever its size.
std::vector<std::uint8_t> thumb_hash(const Raster& raster);

}  // namespace heliograph::media
