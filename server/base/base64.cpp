#include "server/base/base64.hpp"

#include <algorithm>

#include <openssl/evp.h>

namespace heliograph {

std::string base64(std::span<const std::uint8_t> bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');  // OpenSSL ends it with a NUL
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes.data(),
                  static_cast<int>(bytes.size()));
  text.pop_back();
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string bytes(text.size() / 4 * 3, '\0');
  const int decoded =
      EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                      reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  if (decoded < 0) return std::nullopt;
  const auto padding = std::ranges::count(text, '=');
  bytes.resize(static_cast<std::size_t>(std::max<std::ptrdiff_t>(decoded - padding, 0)));
  // OpenSSL passes over blanks, and takes other bits behind the end.
  if (base64({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}) != text)
    return std::nullopt;
  return bytes;
}

std::string base64url(std::span<const std::uint8_t> bytes) {
  std::string text = base64(bytes);
  std::ranges::replace(text, '+', '-');
  std::ranges::replace(text, '/', '_');
  std::erase(text, '=');
  return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
  if (!text.empty() && !is_base64url(text)) return std::nullopt;
  std::string standard(text);
  std::ranges::replace(standard, '-', '+');
  std::ranges::replace(standard, '_', '/');
  standard.append((4 - standard.size() % 4) % 4, '=');
  return from_base64(standard);
}

bool is_base64url(std::string_view text) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return !text.empty() && text.size() % 4 != 1 && text.find_first_not_of(digits) == std::string_view::npos;
}

}  // namespace heliograph
