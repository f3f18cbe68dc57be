// Codes of six digits from an app on a phone (RFC 6238, by liboath), and the codes for when it is lost. Pure,
// but for randomness.
#pragma once

#include "server/base/sha256.hpp"
#include "server/base/time.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::accounts {

// 20 random bytes: what SHA-1, which is all that many apps know, has room for.
std::vector<std::uint8_t> make_totp_secret();

// What apps read, as a link or a QR code. `issuer` is what they show above the name.
std::string totp_uri(std::span<const std::uint8_t> secret, std::string_view issuer, std::string_view name);
// The secret as people type it: base 32.
std::string totp_text(std::span<const std::uint8_t> secret);

// The step of time whose code this is: now's, or one beside it, because phones' clocks are off. nullopt:
// none.
std::optional<std::int64_t> totp_step(std::span<const std::uint8_t> secret, std::string_view code,
                                      Timestamp now);

// "k3v9-2mqx-…": 80 random bits each.
std::vector<std::string> make_recovery_codes();
// Of a code as it was typed: case, spaces and dashes do not matter.
Sha256Digest recovery_code_hash(std::string_view typed);

inline constexpr std::size_t recovery_codes = 10;

}  // namespace heliograph::accounts
