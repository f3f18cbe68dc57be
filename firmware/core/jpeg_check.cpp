#include "firmware/core/jpeg_check.hpp"

namespace heliograph::firmware {

JpegCheck check_jpeg(const std::uint8_t* data, std::size_t size) {
  while (size > 0 && data[size - 1] == 0) --size;
  if (size < 4) return {0, "the sensor gave no picture"};
  if (data[0] != 0xFF || data[1] != 0xD8) return {0, "the start of the picture is missing"};
  if (data[size - 2] != 0xFF || data[size - 1] != 0xD9) return {0, "the end of the picture is missing"};
  return {size, {}};
}

}  // namespace heliograph::firmware
