#include "server/cameras/signing.hpp"

#include "server/base/sha256.hpp"

#include <sodium.h>
#include <stdexcept>
#include <utility>

namespace heliograph::cameras {
namespace {

using SecretKey = std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES>;

void start_libsodium() {
  static const int started = sodium_init();
  if (started < 0) throw std::runtime_error("libsodium found no randomness");
}

SecretKey secret_of(const SigningKey& key, protocol::Ed25519Key& public_key) {
  SecretKey secret{};
  crypto_sign_seed_keypair(public_key.data(), secret.data(), key.seed.data());
  return secret;
}

Error no_key() {
  return {ErrorKind::bad_request, "this is no key file, as `heliograph ota keygen` makes them"};
}

// "name <64 digits>\n", which is taken off.
bool take_line(std::string_view& text, std::string_view name, std::array<std::uint8_t, 32>& bytes) {
  const auto end = text.find('\n');
  if (end == std::string_view::npos || !text.starts_with(name)) return false;
  const bool read =
      protocol::read_hex(text.substr(name.size(), end - name.size()), bytes.data(), bytes.size());
  text.remove_prefix(end + 1);
  return read;
}

}  // namespace

std::string hex_of(std::span<const std::uint8_t> bytes) {
  std::string text(2 * bytes.size() + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
  text.pop_back();
  return text;
}

SigningKey make_signing_key() {
  start_libsodium();
  SigningKey key;
  randombytes_buf(key.seed.data(), key.seed.size());
  static_cast<void>(secret_of(key, key.public_key));
  return key;
}

std::string write_signing_key(const SigningKey& key) {
  return "secret " + hex_of(key.seed) + "\npublic " + hex_of(key.public_key) + "\n";
}

Result<SigningKey> read_signing_key(std::string_view text) {
  start_libsodium();
  SigningKey key;
  if (!take_line(text, "secret ", key.seed) || !take_line(text, "public ", key.public_key) || !text.empty()) {
    return no_key();
  }
  protocol::Ed25519Key derived{};
  static_cast<void>(secret_of(key, derived));
  if (derived != key.public_key) return no_key();
  return key;
}

Result<std::string> sign_image(std::span<const std::uint8_t> image, const ManifestWish& wish,
                               const SigningKey& key) {
  start_libsodium();
  protocol::Version version;
  if (!protocol::model_valid(wish.model)) {
    return Error{ErrorKind::bad_request,
                 "a model is 1 to " + std::to_string(protocol::max_model) + " characters of a-z 0-9 . _ -"};
  }
  if (!protocol::read_version(wish.version, version)) {
    return Error{ErrorKind::bad_request, "a version is three numbers, such as 0.2.0"};
  }
  if (image.empty() || image.size() > protocol::max_image_bytes) {
    return Error{ErrorKind::bad_request,
                 "an image has 1 to " + std::to_string(protocol::max_image_bytes) + " bytes"};
  }
  std::string text;
  protocol::write_signed_manifest(wish.model, wish.version, std::to_string(wish.security), wish.downgrade,
                                  std::to_string(image.size()), to_hex(sha256(image)), hex_of(key.public_key),
                                  [&text](std::string_view piece) { text.append(piece); });
  protocol::Ed25519Key derived{};
  const SecretKey secret = secret_of(key, derived);
  protocol::Ed25519Signature signature{};
  crypto_sign_detached(signature.data(), nullptr, reinterpret_cast<const unsigned char*>(text.data()),
                       text.size(), secret.data());
  return text + "signature " + hex_of(signature) + "\n";
}

bool is_signed_by_its_key(const protocol::Manifest& manifest) {
  start_libsodium();
  return crypto_sign_verify_detached(manifest.signature.data(),
                                     reinterpret_cast<const unsigned char*>(manifest.signed_text.data()),
                                     manifest.signed_text.size(), manifest.key.data()) == 0;
}

}  // namespace heliograph::cameras
