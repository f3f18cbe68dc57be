// Pixels out of a JPEG.
#pragma once

#include "server/base/error.hpp"
#include "server/media/raster.hpp"

#include <cstdint>
#include <span>

namespace heliograph::media {

// The picture with no more pixels than needed: the smallest that the decoder gives for little of its work,
// but with `edge` of them along the longer edge, if it has so many. Three channels, or one when it is grey.
//
// A picture with damaged data is what a browser would show, broken part and all. Unprocessable when nothing
// can be decoded, when the picture is beyond the limits of jpeg.hpp, or in printing colours.
Result<Raster> decode_for(std::span<const std::uint8_t> jpeg, int edge);

}  // namespace heliograph::media
