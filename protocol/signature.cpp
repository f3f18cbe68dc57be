#include "protocol/signature.hpp"

#include <array>
#include <charconv>
#include <system_error>

namespace heliograph::protocol {
namespace {

// Milliseconds have 13 digits until 2286.
constexpr std::size_t max_time_digits = 15;
// An id of the server has 13 characters.
constexpr std::size_t max_camera_length = 32;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_small_hex(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f');
}
bool is_name(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

template <class Wanted>
bool consists_of(std::string_view text, std::size_t least, std::size_t most, Wanted wanted) {
  if (text.size() < least || text.size() > most) return false;
  for (const char c : text) {
    if (!wanted(c)) return false;
  }
  return true;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

struct Part {
  std::string_view name;
  std::string_view Signature::* member;
};
constexpr std::array<Part, 5> parts{{{"camera", &Signature::camera},
                                     {"time", &Signature::time_text},
                                     {"nonce", &Signature::nonce},
                                     {"body", &Signature::body},
                                     {"signature", &Signature::signature}}};

// One `name=value`.
bool take_part(std::string_view text, Signature& signature) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) return false;
  for (const Part& part : parts) {
    if (text.substr(0, equals) != part.name) continue;
    if (!(signature.*part.member).empty()) return false;
    signature.*part.member = text.substr(equals + 1);
    return true;
  }
  return true;
}

bool is_sound(const Signature& signature) {
  return consists_of(signature.camera, 1, max_camera_length, is_name) &&
         consists_of(signature.time_text, 1, max_time_digits, is_digit) &&
         consists_of(signature.nonce, min_nonce_length, max_nonce_length, is_name) &&
         consists_of(signature.body, hex_digest_length, hex_digest_length, is_small_hex) &&
         consists_of(signature.signature, hex_digest_length, hex_digest_length, is_small_hex);
}

}  // namespace

bool decode_signature(std::string_view text, Signature& signature) {
  Signature read;
  for (bool more = true; more;) {
    const std::size_t comma = text.find(',');
    more = comma != std::string_view::npos;
    if (!take_part(trim(text.substr(0, comma)), read)) return false;
    if (more) text.remove_prefix(comma + 1);
  }
  if (!is_sound(read)) return false;
  std::from_chars(read.time_text.data(), read.time_text.data() + read.time_text.size(),
                  read.time_ms);  // cannot fail: 15 digits
  signature = read;
  return true;
}

}  // namespace heliograph::protocol
