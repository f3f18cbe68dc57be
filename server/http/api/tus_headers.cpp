#include "server/http/api/tus_headers.hpp"

#include "server/http/api/numbers.hpp"
#include "server/http/text.hpp"

#include <algorithm>

namespace heliograph::http {
namespace {

constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// ASCII that is neither blank nor a separator.
bool key_valid(std::string_view key) {
  return !key.empty() && std::ranges::all_of(key, [](char c) { return c > ' ' && c < '\x7f' && c != ','; });
}

Error bad_metadata(std::string_view why) {
  return {ErrorKind::bad_request, "Upload-Metadata must be \"key BASE64,key BASE64\": " + std::string(why)};
}

Result<std::pair<std::string, std::string>> read_entry(std::string_view entry) {
  const auto [key, value] = split_once(entry, ' ');
  if (!key_valid(key)) return bad_metadata("a key is empty or no plain text");
  auto decoded = decode_base64(trim(value));
  if (!decoded) return bad_metadata("the value of " + std::string(key) + " is no base 64");
  return std::pair(std::string(key), std::move(*decoded));
}

}  // namespace

std::optional<std::uint64_t> read_tus_number(std::string_view text) {
  const auto number = read_integer(text);
  if (!number || text.starts_with('-')) return std::nullopt;
  return static_cast<std::uint64_t>(*number);
}

// By hand, because OpenSSL's decoder skips blanks and does not say how many bytes are padding.
std::optional<std::string> decode_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3);
  std::uint32_t group = 0;
  std::size_t bits = 0;
  for (const char c : text.substr(0, text.size() - padding)) {
    const auto digit = base64_digits.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    group = (group << 6U) | static_cast<std::uint32_t>(digit);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>((group >> bits) & 0xffU);
  }
  const std::uint32_t unused = group & ((1U << bits) - 1U);
  if (unused != 0) return std::nullopt;
  return bytes;
}

Result<TusMetadata> read_tus_metadata(std::string_view text) {
  TusMetadata metadata;
  text = trim(text);
  while (!text.empty()) {
    const auto comma = text.find(',');
    auto entry = read_entry(trim(text.substr(0, comma)));
    if (!entry) return entry.error();
    if (metadata.size() == max_metadata_keys) return bad_metadata("there are too many keys");
    if (std::ranges::find(metadata, entry->first, &TusMetadata::value_type::first) != metadata.end()) {
      return bad_metadata("the key " + entry->first + " is there twice");
    }
    metadata.push_back(std::move(*entry));
    if (comma == std::string_view::npos) break;
    text.remove_prefix(comma + 1);
    if (text.empty()) return bad_metadata("it ends with a comma");
  }
  return metadata;
}

Result<TusChecksum> read_tus_checksum(std::string_view text) {
  const auto [algorithm, encoded] = split_once(trim(text), ' ');
  auto digest = decode_base64(trim(encoded));
  if (!key_valid(algorithm) || !digest || digest->empty()) {
    return Error{ErrorKind::bad_request, "Upload-Checksum must be \"ALGORITHM BASE64\""};
  }
  return TusChecksum{std::string(algorithm), std::move(*digest)};
}

}  // namespace heliograph::http
