// The keys that cameras carry.
#pragma once

#include "server/base/sha256.hpp"

#include <string>
#include <string_view>

namespace heliograph::cameras {

// "cam_", 30 random characters of [0-9A-Za-z] (178 bits), and 6 that check them: a scanner recognises a key
// that got into a repository by its prefix, and a mistyped one is refused without asking the database.
std::string make_key();

bool key_well_formed(std::string_view key);

// The key as make_key wrote it. "cam_" may be left off: some cameras have a field of 39 characters for it.
std::string whole_key(std::string_view key);

// What the catalog keeps of a key. A key has 178 random bits, so a plain hash is enough: there is nothing to
// guess.
Sha256Digest key_hash(std::string_view key);

}  // namespace heliograph::cameras
