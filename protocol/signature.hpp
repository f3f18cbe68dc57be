// How a camera proves that a request is its own without sending its key: for boards that are too small for
// TLS. Nobody on the way can read the key, change what is sent, or send it again later; what is sent is not
// hidden.
//
//   Authorization: Heliograph-HMAC-SHA256 camera=1m81wctr5b8y7, time=1795359662123, nonce=9f86d081884c7d65,
//                  body=<hex>, signature=<hex>
//
// (in one line). `body` is the SHA-256 of the body. `signature` is the HMAC-SHA-256 (RFC 2104) of the text of
// write_signed_text, with the SHA-256 of the key's text as its key: that is what the server keeps of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace heliograph::protocol {

inline constexpr std::string_view signature_scheme = "Heliograph-HMAC-SHA256";

// A signature is taken so long before and after its time, milliseconds: clocks of boards drift by seconds a
// day, and an upload over a bad LTE cell takes minutes to begin.
inline constexpr std::int64_t signature_window_ms = 300'000;

// Characters of [0-9A-Za-z_-]: 64 random bits in hexadecimal are enough, more are welcome.
inline constexpr std::size_t min_nonce_length = 16;
inline constexpr std::size_t max_nonce_length = 64;
inline constexpr std::size_t hex_digest_length = 64;

// The texts belong to the header.
struct Signature {
  std::string_view camera;     // its id
  std::int64_t time_ms = 0;    // since 1970 UTC, when it was signed
  std::string_view time_text;  // the same, as it was sent
  std::string_view nonce;      // never used twice within the window
  std::string_view body;       // hexadecimal, small letters
  std::string_view signature;  // the same
};

// What is signed besides: each as it is sent, empty when it is not.
struct SignedFields {
  std::string_view method;
  std::string_view path;  // images_path and so on, whatever a proxy puts before it
  std::string_view boot;  // this and the following of a picture; else empty
  std::string_view sequence;
  std::string_view captured_at;
  std::string_view telemetry;
};

// Reads the value of an Authorization header behind its scheme. False when it is not of the form above, has a
// part twice or lacks one; unknown parts are skipped.
bool decode_signature(std::string_view text, Signature& signature);

// The text that is signed, piece by piece: eleven lines, each ended by LF.
template <class Append>
void write_signed_text(const Signature& signature, const SignedFields& fields, Append append) {
  const std::string_view lines[] = {signature_scheme,    fields.method,    fields.path,   signature.camera,
                                    signature.time_text, signature.nonce,  fields.boot,   fields.sequence,
                                    fields.captured_at,  fields.telemetry, signature.body};
  for (const std::string_view line : lines) {
    append(line);
    append(std::string_view("\n"));
  }
}

}  // namespace heliograph::protocol
