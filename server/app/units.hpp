// Sizes and spans of time as people write them.
#pragma once

#include "server/base/error.hpp"

#include <cstdint>
#include <string>

namespace heliograph::app {

// "20G", "500 MiB", "1048576": bytes, in powers of 1024. bad_request in words.
Result<std::uint64_t> parse_size(const std::string& text);

// "7d", "2w", "1y" (365 days), "30": days. bad_request in words.
Result<std::int64_t> parse_days(const std::string& text);

// "1.4 GiB", for people.
std::string size_text(std::int64_t bytes);

}  // namespace heliograph::app
