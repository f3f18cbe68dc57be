// Keys on the curve P-256, for what Web Push makes of them. Over OpenSSL 3; plain values, any thread.
#pragma once

#include "server/base/error.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace heliograph::outbound {

using P256Secret = std::array<std::uint8_t, 32>;
using P256Point = std::array<std::uint8_t, 65>;  // uncompressed: 4, x, y

struct P256Key {
  P256Secret secret{};
  P256Point point{};

  friend bool operator==(const P256Key&, const P256Key&) = default;
};

// A new one, of the system's chance. internal.
Result<P256Key> make_p256_key();

// nullopt: these bytes are no point of the curve.
std::optional<P256Point> read_p256_point(std::string_view bytes);

// What two people have in common of whom each knows their own secret and the other's point (ECDH). internal:
// `theirs` is no point, or `own` no key.
Result<std::array<std::uint8_t, 32>> p256_agree(const P256Key& own, const P256Point& theirs);

// ES256 as JSON Web Signatures have it (RFC 7518, 3.4): r and s, 32 bytes each. internal: `key` is none.
Result<std::array<std::uint8_t, 64>> p256_sign(const P256Key& key, std::string_view text);

}  // namespace heliograph::outbound
