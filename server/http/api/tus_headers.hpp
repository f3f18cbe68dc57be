// What the headers of the tus protocol say (https://tus.io/protocols/resumable-upload, version 1.0.0). Pure.
#pragma once

#include "server/base/error.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace heliograph::http {

// Upload-Length and Upload-Offset: decimal digits and nothing else, up to 2^63 - 1.
std::optional<std::uint64_t> read_tus_number(std::string_view text);

// Upload-Metadata: keys with decoded values, in order, empty where there is none. bad_request.
using TusMetadata = std::vector<std::pair<std::string, std::string>>;
Result<TusMetadata> read_tus_metadata(std::string_view text);

// Upload-Checksum: the algorithm's name, and the digest as bytes. bad_request.
struct TusChecksum {
  std::string algorithm;
  std::string digest;

  friend bool operator==(const TusChecksum&, const TusChecksum&) = default;
};
Result<TusChecksum> read_tus_checksum(std::string_view text);

// Base 64 with its padding; nullopt for anything else, so that one text has one spelling.
std::optional<std::string> decode_base64(std::string_view text);

// A camera sends four; a browser's uploader two or three of its own.
inline constexpr std::size_t max_metadata_keys = 16;

}  // namespace heliograph::http
