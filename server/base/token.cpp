#include "server/base/token.hpp"

#include "server/base/crc32.hpp"

#include <array>
#include <cstdint>
#include <stdexcept>

#include <openssl/rand.h>

namespace heliograph {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::size_t random_length = 30;
constexpr std::size_t check_length = 6;  // 62^6 > 2^32

std::string check_of(std::string_view random_part) {
  std::uint32_t rest = crc32_of(random_part);
  std::string check(check_length, '0');
  for (std::size_t i = check_length; i-- > 0; rest /= 62) check[i] = alphabet[rest % 62];
  return check;
}

}  // namespace

std::string random_text(std::string_view letters, std::size_t length) {
  const std::size_t fair = 256 / letters.size() * letters.size();  // above, the first ones would be favoured
  std::string text;
  while (text.size() < length) {
    std::array<unsigned char, 64> noise{};
    if (RAND_bytes(noise.data(), static_cast<int>(noise.size())) != 1) {
      throw std::runtime_error("the system has no randomness");
    }
    for (const unsigned char byte : noise) {
      if (byte < fair && text.size() < length) text += letters[byte % letters.size()];
    }
  }
  return text;
}

std::string make_token(std::string_view prefix) {
  const std::string random_part = random_text(alphabet, random_length);
  return std::string(prefix) + random_part + check_of(random_part);
}

bool token_well_formed(std::string_view prefix, std::string_view token) {
  if (token.size() != prefix.size() + random_length + check_length || !token.starts_with(prefix))
    return false;
  const std::string_view random_part = token.substr(prefix.size(), random_length);
  return random_part.find_first_not_of(alphabet) == std::string_view::npos &&
         token.substr(prefix.size() + random_length) == check_of(random_part);
}

Sha256Digest token_hash(std::string_view token) {
  return sha256(token);
}

}  // namespace heliograph
