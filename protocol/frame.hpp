// The header of a live frame: what stands before the JPEG in each binary message of a link.
//
//   offset size
//        0    1  version, 1
//        1    1  type, 1: a frame
//        2    2  flags: bit 0, the capture time is believed
//        4    4  stream: the number of the start-live that it belongs to
//        8    4  sequence: its number within the stream, from 0
//       12    8  capture time, milliseconds since 1970 UTC; 0 when unknown
//       20    4  bytes of the JPEG, which is all that follows
//       24    4  CRC-32 of the JPEG, as zlib has it
//       28    4  reserved, 0
//
// All numbers little-endian.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace heliograph::protocol {

inline constexpr std::size_t frame_header_size = 32;
inline constexpr std::uint8_t frame_version = 1;
inline constexpr std::uint8_t frame_type = 1;
// Bytes of one JPEG: the largest of a 5-megapixel sensor at its usual quality. What shall be kept in full is
// uploaded.
inline constexpr std::uint32_t max_frame_bytes = 2 * 1024 * 1024;

struct FrameHeader {
  std::uint32_t stream = 0;
  std::uint32_t sequence = 0;
  bool time_is_believed = false;
  alignas(8) std::int64_t captured_at_ms = 0;  // x86 with 32 bits would align it to four
  std::uint32_t length = 0;                    // of the JPEG
  std::uint32_t crc = 0;                       // of the JPEG
};
static_assert(sizeof(FrameHeader) == frame_header_size, "its members lie side by side on a board as well");

using FrameHeaderBytes = std::array<std::uint8_t, frame_header_size>;
static_assert(sizeof(FrameHeaderBytes) == frame_header_size, "it is sent as it lies");

FrameHeaderBytes encode_frame_header(const FrameHeader& header);

// Null: `message` begins with a header, the bytes behind it are as many as that says, and `header` holds it.
// Otherwise why not, for a log; `header` is then as it was. The JPEG itself is not looked at.
const char* decode_frame_header(const std::uint8_t* message, std::size_t size, FrameHeader& header);

}  // namespace heliograph::protocol
