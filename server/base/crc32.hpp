// The CRC-32 of zip, PNG and Ethernet: finds what an accident has changed, and nothing that somebody wanted
// to change.
#pragma once

#include <cstdint>
#include <string_view>

namespace heliograph {

std::uint32_t crc32(std::string_view bytes);

}  // namespace heliograph
