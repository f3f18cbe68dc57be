// A signed image as it arrives, in pieces of any size: is it whole, and what its manifest says? Pure.
#pragma once

#include "protocol/manifest.hpp"
#include "server/base/error.hpp"
#include "server/base/sha256.hpp"
#include "server/catalog/firmware.hpp"

#include <cstdint>
#include <span>
#include <string>

namespace heliograph::cameras {

class SignedImage {
 public:
  // unprocessable, with a sentence for whoever brought it: it begins with no manifest, whose signature is
  // wrong, or is longer than that says. Nothing may follow after an error.
  Result<void> feed(std::span<const std::uint8_t> bytes);
  // Everything has come. What the manifest says of the release; id, actor and time are the caller's.
  // unprocessable: it is too short, or another image.
  Result<catalog::Release> finish();

 private:
  Result<void> read_manifest();
  Result<void> take_image(std::span<const std::uint8_t> bytes);

  std::string head_;  // until the manifest is whole
  protocol::Manifest manifest_;
  bool has_manifest_ = false;
  std::uint64_t image_bytes_ = 0;
  Sha256 hash_;
};

// Bytes of the largest.
inline constexpr std::uint64_t max_signed_image = protocol::max_manifest + protocol::max_image_bytes;

}  // namespace heliograph::cameras
