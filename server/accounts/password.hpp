// Passwords: what they must be, and their hashes (Argon2id, by libsodium). Any thread; each takes a processor
// for about 30 ms, and 19 MiB.
#pragma once

#include "server/base/error.hpp"

#include <string>
#include <string_view>

namespace heliograph::accounts {

// bad_request, in words, for one that is too short, too long, or the first that anybody would guess.
Result<void> check_new_password(std::string_view password, std::string_view name);

// With a salt and costs of its own. unavailable: there was no memory for it.
Result<std::string> hash_password(std::string_view password);
bool is_password(const std::string& hash, std::string_view password);
// Made at a cost that is not today's.
bool is_outdated(const std::string& hash);
// The hash of a password that nobody knows.
const std::string& nobodys_hash();

// Bytes. Twelve characters of any kind outlast a thief's guessing at today's cost of a hash; a sentence fits
// below the upper bound, which keeps one request's work small.
inline constexpr std::size_t min_password_length = 12;
inline constexpr std::size_t max_password_length = 256;

}  // namespace heliograph::accounts
