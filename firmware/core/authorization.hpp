// The value of the Authorization header of an upload or a link: the key, or a signature in its place.
#pragma once

#include "firmware/core/platform/crypto.hpp"
#include "firmware/core/platform/random.hpp"
#include "firmware/core/record.hpp"
#include "firmware/core/text.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace heliograph::firmware {

// A signature with its parts' names has 272 bytes; "Bearer " and the longest key 262.
inline constexpr std::size_t max_authorization = 320;
using Authorization = Text<max_authorization>;

void write_bearer(std::string_view key, Authorization& authorization);

// Of POST /device/v1/images (protocol/signature.hpp). `camera` is its id. A camera that does not know the
// time signs with 0: the answer's Date tells it, and the next try is good.
struct Signing {
  std::string_view camera;
  std::string_view key;
  std::int64_t time_ms = 0;
};
void write_signature(const Signing& signing, const Record& record, std::optional<std::int64_t> captured_at_ms,
                     Crypto& crypto, Random& random, Authorization& authorization);
// Of GET /device/v1/link, which has no body.
void write_link_signature(const Signing& signing, Crypto& crypto, Random& random,
                          Authorization& authorization);

}  // namespace heliograph::firmware
