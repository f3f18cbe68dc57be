// What a provider publishes and answers, as values. Pure: texts of strangers come in.
#pragma once

#include "server/base/error.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::openid {

// Where a provider is found (OpenID Connect Discovery 1.0).
struct Metadata {
  std::string authorization_endpoint;
  std::string token_endpoint;
  std::string jwks_uri;
  bool secret_in_header = true;  // client_secret_basic; else client_secret_post
  bool names_itself = false;     // it puts `iss` into what comes back (RFC 9207)
};

// bad_request: no address for an issuer. https, or http on this machine; without query and fragment.
Result<void> check_issuer(std::string_view issuer);
std::string metadata_url(std::string_view issuer);
// unprocessable: not this issuer's, or an address in it is none that a secret may be sent to.
Result<Metadata> parse_metadata(std::string_view text, std::string_view issuer);

// A key that verifies (RFC 7517).
struct Key {
  std::string kty;  // "RSA" or "EC"
  std::optional<std::string> kid;
  std::optional<std::string> alg;  // the only algorithm it is for
  std::string json;                // of what makes it a public key, and nothing else
};
// Those that may verify a signature; what else is in the set is passed over. unprocessable: it is no set.
Result<std::vector<Key>> parse_keys(std::string_view text);

struct Tokens {
  std::string id_token;
  std::string access_token;  // empty: none came
};
// unprocessable: there is no ID token in it.
Result<Tokens> parse_tokens(std::string_view text);
// `error` of a refusal (RFC 6749, 5.2), fit for a log; empty: it says none.
std::string parse_refusal(std::string_view text);

// Keys of one provider. More would only be there to keep us busy.
inline constexpr std::size_t max_keys = 64;

}  // namespace heliograph::openid
