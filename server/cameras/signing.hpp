// Ed25519 by libsodium: the owner's half of firmware releases, which never runs on a server that is served
// from, and the check of what somebody brings. docs/firmware-releases.md
#pragma once

#include "protocol/manifest.hpp"
#include "server/base/error.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace heliograph::cameras {

// What signs: 32 bytes that nobody else may have, and what cameras are given.
struct SigningKey {
  std::array<std::uint8_t, 32> seed{};
  protocol::Ed25519Key public_key{};
};
SigningKey make_signing_key();

// As it is kept in a file: two lines, "secret <64 hexadecimal digits>" and "public <64>".
std::string write_signing_key(const SigningKey& key);
// bad_request: it is none, or its halves do not belong together.
Result<SigningKey> read_signing_key(std::string_view text);

struct ManifestWish {
  std::string model;
  std::string version;
  std::uint32_t security = 1;
  bool downgrade = false;
};
// The manifest of this image; the two one after the other are a signed image. bad_request, naming what.
Result<std::string> sign_image(std::span<const std::uint8_t> image, const ManifestWish& wish,
                               const SigningKey& key);

// Is the signature that of the manifest's own key? Finds mistakes; whose key it is, cameras know.
bool is_signed_by_its_key(const protocol::Manifest& manifest);

// Small hexadecimal digits.
std::string hex_of(std::span<const std::uint8_t> bytes);

}  // namespace heliograph::cameras
