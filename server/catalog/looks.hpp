// What is known of how pictures look: whether a camera's differ at all, what stands in for each, and what
// moved.
#pragma once

#include "server/base/error.hpp"
#include "server/catalog/catalog.hpp"
#include "server/catalog/db.hpp"

#include <span>

namespace heliograph::catalog {

// Inside of a transaction.
Result<void> note_looks(Db& db, std::span<const Look> looks);

}  // namespace heliograph::catalog
