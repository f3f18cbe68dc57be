// Is this a whole JPEG, as far as its two ends tell? What a camera can afford to ask before it uses the
// radio; the server walks every marker.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace heliograph::firmware {

struct JpegCheck {
  std::size_t size = 0;      // without what a sensor's FIFO is padded with; 0: it is no whole JPEG
  std::string_view problem;  // then this says why
};

JpegCheck check_jpeg(const std::uint8_t* data, std::size_t size);

}  // namespace heliograph::firmware
