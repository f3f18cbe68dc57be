// Bytes as text (RFC 4648), by OpenSSL.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace heliograph {

// With padding.
std::string base64(std::span<const std::uint8_t> bytes);
// The inverse: nullopt for what base64() does not make.
std::optional<std::string> from_base64(std::string_view text);
// For addresses: the other two digits, and no padding.
std::string base64url(std::span<const std::uint8_t> bytes);
// The inverse: nullopt for what base64url() does not make.
std::optional<std::string> from_base64url(std::string_view text);
// Could base64url() have made it, of one byte or more?
bool is_base64url(std::string_view text);

}  // namespace heliograph
