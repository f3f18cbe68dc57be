#include "server/accounts/password.hpp"

#include "server/base/token.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <sodium.h>
#include <stdexcept>

namespace heliograph::accounts {
namespace {

// What OWASP asks for at least, which a machine of 1 GiB can bear: two passes over 19 MiB.
constexpr unsigned long long passes = 2;
constexpr std::size_t memory_bytes = 19'456ULL * 1024;

void start_libsodium() {
  static const int started = sodium_init();
  if (started < 0) throw std::runtime_error("libsodium found no randomness");
}

std::string lower(std::string_view text) {
  std::string small(text);
  for (char& c : small) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return small;
}

// "aaaaaaaaaaaa", "abababababab", "123412341234".
bool is_one_piece_repeated(std::string_view text) {
  for (std::size_t length = 1; length <= text.size() / 2; ++length) {
    bool repeats = true;
    for (std::size_t i = length; i < text.size() && repeats; ++i) repeats = text[i] == text[i - length];
    if (repeats) return true;
  }
  return false;
}

// "abcdefghijkl", "210987654321": neighbours in the alphabet, up or down. '9' and '0' count as such.
bool is_a_run(std::string_view text) {
  for (const int step : {1, -1}) {
    bool runs = true;
    for (std::size_t i = 1; i < text.size() && runs; ++i) {
      const int by = text[i] - text[i - 1];
      runs = by == step || by == -9 * step;
    }
    if (runs) return true;
  }
  return false;
}

// Rows of a keyboard, and the words that fill a form: what is left of a password without them must be long
// enough by itself.
constexpr std::array<std::string_view, 14> first_guesses{
    "qwertyuiop", "qwertzuiop", "asdfghjkl",  "yxcvbnm",       "zxcvbnm", "1234567890", "123456789",
    "password",   "passwort",   "heliograph", "administrator", "camera",  "letmein",    "welcome"};
constexpr std::size_t least_of_ones_own = 6;

bool is_first_guess(std::string_view password, std::string_view name) {
  std::string rest = lower(password);
  const auto take_out = [&rest](std::string_view word) {
    if (word.size() < 3) return;
    for (auto at = rest.find(word); at != std::string::npos; at = rest.find(word))
      rest.erase(at, word.size());
  };
  take_out(lower(name));
  for (const std::string_view guess : first_guesses) take_out(guess);
  const std::set<char> different(rest.begin(), rest.end());
  return rest.size() < least_of_ones_own || different.size() < 3;
}

}  // namespace

Result<void> check_new_password(std::string_view password, std::string_view name) {
  if (password.size() < min_password_length) {
    return Error{ErrorKind::bad_request, "a password has " + std::to_string(min_password_length) +
                                             " characters at least; a few words in a row are a good one"};
  }
  if (password.size() > max_password_length) {
    return Error{ErrorKind::bad_request,
                 "a password has " + std::to_string(max_password_length) + " bytes at most"};
  }
  if (is_one_piece_repeated(password) || is_a_run(password) || is_first_guess(password, name)) {
    return Error{ErrorKind::bad_request,
                 "this password is among the first that are guessed; a few words in a row are a good one"};
  }
  return {};
}

Result<std::string> hash_password(std::string_view password) {
  start_libsodium();
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  if (crypto_pwhash_str_alg(hash.data(), password.data(), password.size(), passes, memory_bytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return Error{ErrorKind::unavailable, "the server has no memory left to look at passwords"};
  }
  return std::string(hash.data());
}

bool is_password(const std::string& hash, std::string_view password) {
  start_libsodium();
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

bool is_outdated(const std::string& hash) {
  start_libsodium();
  return crypto_pwhash_str_needs_rehash(hash.c_str(), passes, memory_bytes) != 0;
}

const std::string& nobodys_hash() {
  static const std::string hash = hash_password(make_token("")).value();
  return hash;
}

}  // namespace heliograph::accounts
