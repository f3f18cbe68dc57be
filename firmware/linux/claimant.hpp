// Waits until the camera's owner has added it.
#pragma once

#include "firmware/linux/options.hpp"

namespace heliograph::firmware {

// Makes a key and writes it to `path`, readable by its owner only. Throws std::runtime_error with a sentence.
void make_key_file(const std::string& path);

// Announces the camera with its first key, says its code on standard output, and returns when it was
// accepted. Throws std::runtime_error with a sentence when only a person can help.
void wait_for_claim(const Options& options);

}  // namespace heliograph::firmware
