// The walk over a JPEG's markers, without decoding a pixel: is it whole, and how large is the picture.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "server/base/error.hpp"

namespace heliograph::media {

struct JpegFacts {
  int width = 0;   // pixels
  int height = 0;  // pixels
  std::uint64_t size_bytes = 0;  // from the first byte to the last that belongs: zero padding behind the end is left off
};

// Larger pictures are refused: no camera of ours makes them, and a decoder would want gigabytes. 50 megapixels.
inline constexpr std::int64_t max_pixels = 50'000'000;
// Pixels along one edge. A JPEG can say 65,535; a viewer's texture can hold 16,384.
inline constexpr int max_edge = 16'384;

// Reads a JPEG as it arrives, in pieces of any size. One thread at a time. No allocation.
class JpegInspector {
 public:
  // Unprocessable as soon as the bytes cannot be a JPEG any more (the first two are not FF D8, a segment's length is
  // impossible, the frame is too large, …); later calls then return the same error.
  Result<void> feed(std::span<const std::uint8_t> bytes);

  // After the last piece. Unprocessable, with the reason in words a camera's owner understands, when it is no whole
  // JPEG: "the picture was cut off: its end marker (FF D9) is missing after 51,200 bytes".
  Result<JpegFacts> finish() const;

 private:
  // (the implementer's state machine)
};

// The same over bytes in memory.
Result<JpegFacts> inspect_jpeg(std::span<const std::uint8_t> bytes);

}  // namespace heliograph::media
