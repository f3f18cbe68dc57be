// Small copies of pictures.
#pragma once

#include "server/base/error.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace heliograph::media {

// Pixels along the longer edge: a gallery row of 240 CSS pixels on a screen of density 2.
inline constexpr int thumbnail_edge = 480;
// libjpeg's scale. 80 is where artefacts are not seen at this size.
inline constexpr int thumbnail_quality = 80;

struct Thumbnail {
  std::vector<std::uint8_t> jpeg;
  std::vector<std::uint8_t> placeholder;  // a ThumbHash (thumb_hash.hpp)

  friend bool operator==(const Thumbnail&, const Thumbnail&) = default;
};

// A baseline JPEG of at most thumbnail_edge × thumbnail_edge pixels, same proportions, never enlarged, grey
// when the picture is. Takes 5–20 ms of CPU: call it on a cpu thread. Any number of threads.
//
// A picture with damaged data gets the thumbnail that a browser would show: that is what its owner will see
// in the original too. Errors as of decode_for(). A turn noted in the EXIF data is not carried out: cameras
// of ours note none, and the pixels are the record.
Result<Thumbnail> make_thumbnail(std::span<const std::uint8_t> jpeg);

}  // namespace heliograph::media
