// The public keys whose releases this board takes, as they were configured when it was built.
#pragma once

#include "firmware/core/updater.hpp"

#include <string_view>

namespace heliograph::firmware {

// Of hexadecimal keys that commas separate. What is no key is passed over: it would let nothing in.
inline void read_firmware_keys(std::string_view text, UpdateConfig& config) {
  while (!text.empty() && config.key_count < max_trusted_keys) {
    const std::string_view key = text.substr(0, text.find(','));
    text.remove_prefix(key.size() < text.size() ? key.size() + 1 : text.size());
    protocol::Ed25519Key& place = config.keys[config.key_count];
    if (protocol::read_hex(key, place.data(), place.size())) ++config.key_count;
  }
}

}  // namespace heliograph::firmware
