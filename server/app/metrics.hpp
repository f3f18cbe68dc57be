// The figures an owner's monitoring reads.
#pragma once

#include "server/http/api/measured.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace heliograph::app {

// Memory this process holds.
std::uint64_t resident_bytes();

// Of an SQLite catalog with its log; none: it is on no disk of ours.
std::optional<std::uint64_t> database_bytes(const std::string& database);

// In Prometheus' text exposition format.
std::string metrics_text(const http::Measured& measured);

}  // namespace heliograph::app
