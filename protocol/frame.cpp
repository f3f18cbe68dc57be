#include "protocol/frame.hpp"

namespace heliograph::protocol {
namespace {

constexpr std::uint16_t time_is_believed_flag = 1;

template <class Number>
void put(std::uint8_t* out, Number number) {
  for (std::size_t i = 0; i < sizeof(Number); ++i) out[i] = static_cast<std::uint8_t>(number >> (8 * i));
}

template <class Number>
Number get(const std::uint8_t* in) {
  Number number = 0;
  for (std::size_t i = 0; i < sizeof(Number); ++i) {
    number = static_cast<Number>(number | static_cast<Number>(static_cast<Number>(in[i]) << (8 * i)));
  }
  return number;
}

}  // namespace

FrameHeaderBytes encode_frame_header(const FrameHeader& header) {
  FrameHeaderBytes bytes{};
  bytes[0] = frame_version;
  bytes[1] = frame_type;
  put<std::uint16_t>(&bytes[2], header.time_is_believed ? time_is_believed_flag : 0);
  put(&bytes[4], header.stream);
  put(&bytes[8], header.sequence);
  put(&bytes[12], static_cast<std::uint64_t>(header.captured_at_ms));
  put(&bytes[20], header.length);
  put(&bytes[24], header.crc);
  return bytes;
}

const char* decode_frame_header(const std::uint8_t* message, std::size_t size, FrameHeader& header) {
  if (size < frame_header_size) return "it is shorter than a frame's header";
  if (message[0] != frame_version) return "it is of another version";
  if (message[1] != frame_type) return "it is no frame";
  const auto flags = get<std::uint16_t>(message + 2);
  if ((flags & ~time_is_believed_flag) != 0 || get<std::uint32_t>(message + 28) != 0) {
    return "bits are set that mean nothing yet";
  }
  FrameHeader read;
  read.stream = get<std::uint32_t>(message + 4);
  read.sequence = get<std::uint32_t>(message + 8);
  read.time_is_believed = flags != 0;
  read.captured_at_ms = static_cast<std::int64_t>(get<std::uint64_t>(message + 12));
  read.length = get<std::uint32_t>(message + 20);
  read.crc = get<std::uint32_t>(message + 24);
  if (read.length > max_frame_bytes) return "its picture is too large";
  if (read.length != size - frame_header_size) return "its length is not that of the picture behind it";
  header = read;
  return nullptr;
}

}  // namespace heliograph::protocol
