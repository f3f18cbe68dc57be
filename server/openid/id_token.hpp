// What of an ID token is believed: its signature (RFC 7515, by libcjose) and its claims (OpenID Connect Core,
// 3.1.3.7). Pure.
#pragma once

#include "server/base/error.hpp"
#include "server/base/time.hpp"
#include "server/openid/metadata.hpp"

#include <chrono>
#include <span>
#include <string>
#include <string_view>

namespace heliograph::openid {

// Somebody as the provider names them: `subject` is theirs for ever, and nobody else's, at this issuer.
struct Identity {
  std::string issuer;
  std::string subject;
  std::string label;  // for people to recognise it by; nobody has proven it

  friend bool operator==(const Identity&, const Identity&) = default;
};

// The token's claims, once one of the keys has verified its signature. The algorithm is the token's choice
// among RS256, PS256 and ES256, and the key must be of its kind: none, and HMAC with a public key, are not
// among them. not_found: no key is of the token's name and kind, so there may be newer ones. unprocessable:
// everything else. unavailable: libcjose is missing.
Result<std::string> verify_signature(std::string_view token, std::span<const Key> keys);

struct Expected {
  std::string_view issuer;
  std::string_view client_id;
  std::string_view nonce;
  std::string_view access_token;  // that came with it; empty: none
  Timestamp now;
};
// `text`: the claims. unprocessable, with which of them is not as expected.
Result<Identity> read_claims(std::string_view text, const Expected& expected);

// base64url without padding, of what PKCE (S256) and at_hash want of a text.
std::string sha256_text(std::string_view text);

// Clocks of two machines that keep time differ by less.
inline constexpr std::chrono::seconds clock_leeway{60};
// Bytes of a token. Those with lists of groups have a few KB.
inline constexpr std::size_t max_token_bytes = std::size_t{64} * 1024;

}  // namespace heliograph::openid
