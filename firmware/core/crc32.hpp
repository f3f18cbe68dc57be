// The CRC of zlib, PNG and Ethernet. Sixteen table entries instead of 256: the board's flash is small, its
// card slower.
#pragma once

#include <cstddef>
#include <cstdint>

namespace heliograph::firmware {

// `previous` continues the sum over bytes that came before.
std::uint32_t crc32(const void* data, std::size_t size, std::uint32_t previous = 0);

}  // namespace heliograph::firmware
