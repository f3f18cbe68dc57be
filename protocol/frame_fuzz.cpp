// Whatever header is taken fits what follows it, and is written back byte for byte.
#include "protocol/frame.hpp"

#include <cstdlib>
#include <cstring>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace heliograph::protocol;
  FrameHeader header;
  if (decode_frame_header(data, size, header) != nullptr) return 0;
  if (size != frame_header_size + header.length || header.length > max_frame_bytes) std::abort();
  const FrameHeaderBytes bytes = encode_frame_header(header);
  if (std::memcmp(bytes.data(), data, bytes.size()) != 0) std::abort();
  return 0;
}
