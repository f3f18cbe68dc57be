// CRC-32 as zlib, PNG and the camera have it: whether bytes came as they were sent. No proof against malice.
#pragma once

#include <cstdint>
#include <string_view>

namespace heliograph {

std::uint32_t crc32_of(std::string_view bytes);

}  // namespace heliograph
