// Small copies of pictures.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "server/base/error.hpp"

namespace heliograph::media {

// Pixels along the longer edge: a gallery row of 240 CSS pixels on a screen of density 2.
inline constexpr int thumbnail_edge = 480;
// libjpeg's scale. 80 is where artefacts are not seen at this size.
inline constexpr int thumbnail_quality = 80;

// A JPEG of at most thumbnail_edge × thumbnail_edge pixels, same proportions, never enlarged. Takes 5–20 ms of CPU: call
// it on a cpu thread. Any number of threads. Unprocessable when the bytes cannot be decoded.
Result<std::vector<std::uint8_t>> make_thumbnail(std::span<const std::uint8_t> jpeg);

}  // namespace heliograph::media
