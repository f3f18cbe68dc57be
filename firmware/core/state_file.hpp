// A small text that the camera must not forget, in a file of the state area.
//
// A checksum stands behind it: storage writes whole files or none, but a card that loses power may give back
// what nobody wrote. The agent's thread.
#pragma once

#include "firmware/core/platform/storage.hpp"

#include <cstddef>
#include <string_view>

namespace heliograph::firmware {

// Bytes of a file beyond its text.
inline constexpr std::size_t state_trailer_size = 10;

// In the place of what was kept under that name. False when it could not be written down.
bool keep_state(Storage& storage, std::string_view name, std::string_view text);

// The text in `buffer`, as it was kept; empty: there is none, or it is not that any more. `capacity`: that of
// the longest text, and state_trailer_size.
std::string_view kept_state(Storage& storage, std::string_view name, char* buffer, std::size_t capacity);

}  // namespace heliograph::firmware
