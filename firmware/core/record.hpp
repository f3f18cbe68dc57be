// A picture with everything that must not be forgotten until the server has it, as one run of bytes.
//
//   offset size
//        0    4  magic "HGSR"
//        4    1  version, 1
//        5    1  length of the boot id
//        6    2  length of the telemetry
//        8    2  length of the label
//       10    2  flags: bit 0, the capture time is known
//       12    4  length of the picture
//       16    8  sequence
//       24    8  capture time, milliseconds since 1970 UTC; 0 when unknown
//       32    8  capture time on the camera's monotonic clock, milliseconds
//       40    4  CRC-32 of the picture
//       44    4  CRC-32 of the bytes 0 … 43 and of the three texts
//       48       boot id, telemetry (as its header says it), label, picture
//
// All numbers little-endian. Two checksums, so that a card with ten thousand records is judged by their
// headers at start, and each picture is judged when its turn comes.
#pragma once

#include "firmware/core/platform/storage.hpp"
#include "protocol/telemetry.hpp"
#include "protocol/upload.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace heliograph::firmware {

// Bytes of a label; longer ones are cut: it is only for people.
inline constexpr std::size_t max_label_length = 96;
inline constexpr std::size_t record_fixed_size = 48;
inline constexpr std::size_t max_record_header_size =
    record_fixed_size + protocol::max_boot_id_length + protocol::max_telemetry_length + max_label_length;

// The texts and the picture belong to someone else.
struct Record {
  std::string_view boot;
  std::uint64_t sequence = 0;
  std::optional<std::int64_t> captured_at_ms;
  std::int64_t captured_mono_ms = 0;  // means something only within the same boot
  std::string_view telemetry;         // the header's value; empty: none
  std::string_view label;
  Bytes picture;
};

struct RecordHeader {
  std::uint8_t bytes[max_record_header_size];
  std::size_t size = 0;
};

// What stands before the picture.
RecordHeader encode_record_header(const Record& record);

// The size of the whole record whose header this is, judged by the header alone; none when it is none. `size`
// may be anything from 0 up; max_record_header_size is always enough.
std::optional<std::uint64_t> record_size(const std::uint8_t* data, std::size_t size);

// Reads a whole record in place; none when any byte of it is not as it was written.
std::optional<Record> decode_record(const std::uint8_t* data, std::size_t size);

}  // namespace heliograph::firmware
