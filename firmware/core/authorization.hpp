// The value of the Authorization header of a camera's requests: the key, or a signature in its place.
#pragma once

#include "firmware/core/platform/crypto.hpp"
#include "firmware/core/platform/random.hpp"
#include "firmware/core/text.hpp"
#include "protocol/signature.hpp"

#include <cstdint>
#include <string_view>

namespace heliograph::firmware {

// A signature with its parts' names has 272 bytes; "Bearer " and the longest key 262.
inline constexpr std::size_t max_authorization = 320;
using Authorization = Text<max_authorization>;

void write_bearer(std::string_view key, Authorization& authorization);

// A camera that does not know the time signs with 0: the answer's Date tells it, and the next try is good.
struct Signing {
  std::string_view camera;  // its id
  std::string_view key;
  std::int64_t time_ms = 0;
};
// Of a request (protocol/signature.hpp) and its body.
void write_signature(const Signing& signing, const protocol::SignedFields& fields, Bytes body, Crypto& crypto,
                     Random& random, Authorization& authorization);

}  // namespace heliograph::firmware
