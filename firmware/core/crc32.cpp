#include "firmware/core/crc32.hpp"

namespace heliograph::firmware {

namespace {

// The remainders of the sixteen half bytes, for the reflected polynomial 0xEDB88320.
constexpr std::uint32_t half_byte_remainders[16] = {
    0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC, 0x76DC4190, 0x6B6B51F4, 0x4DB26158, 0x5005713C,
    0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C, 0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C};

}  // namespace

std::uint32_t crc32(const void* data, std::size_t size, std::uint32_t previous) {
  const auto* bytes = static_cast<const std::uint8_t*>(data);
  std::uint32_t sum = ~previous;
  for (std::size_t i = 0; i < size; ++i) {
    sum ^= bytes[i];
    sum = (sum >> 4) ^ half_byte_remainders[sum & 15];
    sum = (sum >> 4) ^ half_byte_remainders[sum & 15];
  }
  return ~sum;
}

}  // namespace heliograph::firmware
