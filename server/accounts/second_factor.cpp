#include "server/accounts/second_factor.hpp"

#include <algorithm>
#include <cstdlib>
#include <sodium.h>
#include <stdexcept>

#include <liboath/oath.h>

namespace heliograph::accounts {
namespace {

constexpr std::size_t secret_bytes = 20;
constexpr unsigned int step_s = 30;
constexpr std::size_t steps_beside = 1;
constexpr unsigned int digits = 6;
constexpr std::string_view code_alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t code_length = 16;  // × 5 bits
constexpr std::size_t code_group = 4;

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~@").find(c) != std::string_view::npos;
    if (plain) {
      encoded += c;
    } else {
      encoded += '%';
      encoded += hex[byte >> 4U];
      encoded += hex[byte & 15U];
    }
  }
  return encoded;
}

}  // namespace

std::vector<std::uint8_t> make_totp_secret() {
  std::vector<std::uint8_t> secret(secret_bytes);
  randombytes_buf(secret.data(), secret.size());
  return secret;
}

std::string totp_text(std::span<const std::uint8_t> secret) {
  char* text = nullptr;
  std::size_t length = 0;
  if (oath_base32_encode(reinterpret_cast<const char*>(secret.data()), secret.size(), &text, &length) !=
      OATH_OK) {
    throw std::runtime_error("liboath could not write a secret");
  }
  std::string base32(text, length);
  std::free(text);  // NOLINT(cppcoreguidelines-no-malloc): liboath made it with malloc
  while (!base32.empty() && base32.back() == '=') base32.pop_back();
  return base32;
}

std::string totp_uri(std::span<const std::uint8_t> secret, std::string_view issuer, std::string_view name) {
  const std::string who = percent_encoded(issuer);
  return "otpauth://totp/" + who + ":" + percent_encoded(name) + "?secret=" + totp_text(secret) +
         "&issuer=" + who;
}

std::optional<std::int64_t> totp_step(std::span<const std::uint8_t> secret, std::string_view code,
                                      Timestamp now) {
  if (code.size() != digits || code.find_first_not_of("0123456789") != std::string_view::npos)
    return std::nullopt;
  const auto now_s =
      static_cast<time_t>(std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count());
  int beside = 0;
  const int result =
      oath_totp_validate2(reinterpret_cast<const char*>(secret.data()), secret.size(), now_s, step_s,
                          /*start_offset=*/0, steps_beside, &beside, std::string(code).c_str());
  if (result < 0) return std::nullopt;
  return now_s / step_s + beside;
}

std::vector<std::string> make_recovery_codes() {
  std::vector<std::string> codes(recovery_codes);
  for (std::string& code : codes) {
    for (std::size_t i = 0; i < code_length; ++i) {
      if (i > 0 && i % code_group == 0) code += '-';
      code += code_alphabet[randombytes_uniform(static_cast<std::uint32_t>(code_alphabet.size()))];
    }
  }
  return codes;
}

Sha256Digest recovery_code_hash(std::string_view typed) {
  std::string code;
  for (const char c : typed) {
    if (c == ' ' || c == '-') continue;
    code += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return sha256(code);
}

}  // namespace heliograph::accounts
