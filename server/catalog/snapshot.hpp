// A copy of the catalog as it is at one moment, while others go on to write it.
#pragma once

#include "server/base/error.hpp"

#include <string>

namespace heliograph::catalog {

// Makes the file `into` of an SQLite catalog: whole, without a log beside it, and not synced. Opens a
// connection of its own; any thread. A reader like any other: nobody waits for it, but the log grows
// meanwhile. conflict: there is something at `into`. unsupported: `database` is in PostgreSQL, which has
// pg_dump. Otherwise as of Catalog::open.
Result<void> take_snapshot(const std::string& database, const std::string& into);

}  // namespace heliograph::catalog
