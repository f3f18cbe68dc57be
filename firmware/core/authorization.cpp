#include "firmware/core/authorization.hpp"

#include "protocol/telemetry.hpp"
#include "protocol/upload.hpp"

namespace heliograph::firmware {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

// Eleven lines; the longest are the telemetry and the digest.
constexpr std::size_t max_signed_text = 640;
static_assert(protocol::max_telemetry_length + protocol::max_boot_id_length +
                  2 * protocol::hex_digest_length + 160 <=
              max_signed_text);

Text<64> hex(const Sha256& digest) {
  Text<64> text;
  for (const std::uint8_t byte : digest) text.append(hex_digits[byte >> 4]).append(hex_digits[byte & 15]);
  return text;
}

Text<16> make_nonce(Random& random) {
  Text<16> nonce;
  for (int word = 0; word < 2; ++word) {
    std::uint32_t bits = random.next();
    for (int digit = 0; digit < 8; ++digit, bits >>= 4) nonce.append(hex_digits[bits & 15]);
  }
  return nonce;
}

}  // namespace

void write_bearer(std::string_view key, Authorization& authorization) {
  authorization.clear();
  authorization.append("Bearer ").append(key);
}

void write_signature(const Signing& signing, const protocol::SignedFields& fields, Bytes body, Crypto& crypto,
                     Random& random, Authorization& authorization) {
  const Text<16> nonce = make_nonce(random);
  const Text<64> digest = hex(crypto.sha256(body));
  Text<24> time;
  time.append_number(signing.time_ms);

  protocol::Signature signature;
  signature.camera = signing.camera;
  signature.time_text = time.view();
  signature.nonce = nonce.view();
  signature.body = digest.view();
  Text<max_signed_text> text;
  protocol::write_signed_text(signature, fields, [&text](std::string_view piece) { text.append(piece); });
  const Sha256 key = crypto.sha256({signing.key.data(), signing.key.size()});
  const Text<64> mac = hex(crypto.hmac_sha256(key, text.view()));

  authorization.clear();
  authorization.append(protocol::signature_scheme).append(" camera=").append(signing.camera);
  authorization.append(", time=").append(time.view()).append(", nonce=").append(nonce.view());
  authorization.append(", body=").append(digest.view()).append(", signature=").append(mac.view());
}

}  // namespace heliograph::firmware
