#include "firmware/core/jpeg_check.hpp"

namespace heliograph::firmware {
namespace {

// How far before the last byte that is not zero the picture may end. The most that the field has sent behind
// a picture is 1,941 bytes, all of them zero.
constexpr std::size_t max_padding = 4'096;

bool ends_there(const std::uint8_t* data, std::size_t size) {
  return data[size - 2] == 0xFF && data[size - 1] == 0xD9;
}

}  // namespace

JpegCheck check_jpeg(const std::uint8_t* data, std::size_t size) {
  while (size > 0 && data[size - 1] == 0) --size;
  if (size < 4) return {0, "the sensor gave no picture"};
  if (data[0] != 0xFF || data[1] != 0xD8) return {0, "the start of the picture is missing"};
  const std::size_t least = size > max_padding + 4 ? size - max_padding : 4;
  while (size > least && !ends_there(data, size)) --size;
  if (!ends_there(data, size)) return {0, "the end of the picture is missing"};
  return {size, {}};
}

}  // namespace heliograph::firmware
