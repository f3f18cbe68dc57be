// Secrets that are handed out as text: a camera's key, a person's token, a session, a link.
#pragma once

#include "server/base/sha256.hpp"

#include <string>
#include <string_view>

namespace heliograph {

// What a secret is for, as the prefix says: a scanner that meets one in a repository knows what it found.
namespace token_prefix {
inline constexpr std::string_view camera_key = "cam_";
inline constexpr std::string_view api_token = "usr_";
inline constexpr std::string_view session = "ses_";
inline constexpr std::string_view link = "lnk_";   // sets up an account, or sets a password
inline constexpr std::string_view share = "shr_";  // shows pictures
}  // namespace token_prefix

// So many of `letters`, drawn evenly by the system's own chance. There are 256 at most.
std::string random_text(std::string_view letters, std::size_t length);

// `prefix`, 30 random characters of [0-9A-Za-z] (178 bits), and 6 that check them: one that was mistyped is
// refused without asking the database.
std::string make_token(std::string_view prefix);

bool token_well_formed(std::string_view prefix, std::string_view token);

// What is kept of a secret. It has 178 random bits, so a plain hash is enough: there is nothing to guess.
Sha256Digest token_hash(std::string_view token);

}  // namespace heliograph
