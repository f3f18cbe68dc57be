// How a database gets today's schema, whatever it has now.
#pragma once

#include "server/base/error.hpp"
#include "server/catalog/db.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace heliograph::catalog {

inline constexpr std::int64_t schema_version_today = 11;

// What is found in a database before anything is done to it.
struct FoundSchema {
  bool has_tables = false;              // of anybody's
  std::optional<std::int64_t> version;  // none: it is not ours, or it is empty
  bool has_more_telemetry = false;      // the table that every version may have
};

// The scripts that lead from there to today, in order; none when it is there already. unprocessable: tables
// of another program, or of a newer version of ours.
Result<std::vector<std::string_view>> scripts_to_today(const FoundSchema& found);

// Runs them in one transaction. Any number of connections may do this at once.
Result<void> bring_up_to_date(Db& db);

}  // namespace heliograph::catalog
