// Answers every name with the portal's own address, so that a phone that enters the board's network opens the
// portal's page by itself. Pure. Only what a phone asks is answered: one question for an address.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace heliograph::firmware {

// Bytes of a message over UDP.
inline constexpr std::size_t max_dns_message = 512;

// Writes the answer to `query` and returns its size; 0: it deserves none. `answer` has max_dns_message bytes.
std::size_t answer_dns(const std::uint8_t* query, std::size_t size,
                       const std::array<std::uint8_t, 4>& address, std::uint8_t* answer);

}  // namespace heliograph::firmware
