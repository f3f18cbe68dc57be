// What the owner signs of a program for cameras. A signed image is one file: these lines, then the image.
//
//   heliograph-firmware 1
//   model heliograph-cam-x86_64
//   version 0.2.0
//   security 1
//   downgrade no
//   size 8123456
//   sha256 <64 hexadecimal digits>
//   key <64>
//   signature <128>
//
// There is exactly one way to write it, so that what is signed and what is read are the same. `signature` is
// Ed25519 (RFC 8032) over every line before it. docs/firmware-releases.md says what follows from each.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace heliograph::protocol {

// Where a camera fetches a release from; "/" and its id behind it.
inline constexpr std::string_view firmware_path = "/device/v1/firmware";

// Bytes of a manifest: all lines at their longest are below 480.
inline constexpr std::size_t max_manifest = 512;
// Characters of [a-z0-9._-]: "t-sim7600-mega-5mp".
inline constexpr std::size_t max_model = 48;
// Bytes of an image. A board's slot has 2 MB, the Linux camera 10; what is larger is a mistake.
inline constexpr std::uint64_t max_image_bytes = 64ULL * 1024 * 1024;

using Ed25519Key = std::array<std::uint8_t, 32>;  // public
using Ed25519Signature = std::array<std::uint8_t, 64>;

struct Version {
  std::uint16_t major = 0;
  std::uint16_t minor = 0;
  std::uint16_t patch = 0;
};
// "0.2.0": three numbers to 65535, no leading zeros. False for anything else.
bool read_version(std::string_view text, Version& version);
// Less than, equal to, or greater than 0.
int compare(const Version& a, const Version& b);

bool model_valid(std::string_view text);

// What a manifest says. The texts belong to it.
struct Manifest {
  std::string_view model;
  std::string_view version_text;
  Version version;
  std::uint32_t security = 0;
  bool downgrade = false;  // may take the place of a greater version
  std::uint64_t size = 0;  // of the image, 1 to max_image_bytes
  std::array<std::uint8_t, 32> sha256{};
  Ed25519Key key{};
  Ed25519Signature signature{};
  std::string_view signed_text;  // what the signature is of
  std::string_view text;         // all of it; the image follows
};

// Reads the manifest that `bytes` begin with. False, and nothing is changed, when they do not.
bool read_manifest(std::string_view bytes, Manifest& manifest);

// Writes what is to be signed, piece by piece.
template <class Append>
void write_signed_manifest(std::string_view model, std::string_view version, std::string_view security,
                           bool downgrade, std::string_view size, std::string_view sha256_hex,
                           std::string_view key_hex, Append append) {
  const std::string_view lines[][2] = {{"heliograph-firmware ", "1"},
                                       {"model ", model},
                                       {"version ", version},
                                       {"security ", security},
                                       {"downgrade ", downgrade ? "yes" : "no"},
                                       {"size ", size},
                                       {"sha256 ", sha256_hex},
                                       {"key ", key_hex}};
  for (const auto& [name, value] : lines) {
    append(name);
    append(value);
    append(std::string_view("\n"));
  }
}

// Small hexadecimal digits, exactly as many as fill `bytes`. False for anything else.
bool read_hex(std::string_view text, std::uint8_t* bytes, std::size_t size);

}  // namespace heliograph::protocol
