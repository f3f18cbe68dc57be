// Whether a camera's pictures differ at all.
#pragma once

#include "server/base/error.hpp"
#include "server/catalog/catalog.hpp"
#include "server/catalog/db.hpp"

#include <span>

namespace heliograph::catalog {

// Inside of a transaction.
Result<void> note_looks(Db& db, std::span<const Look> looks);

}  // namespace heliograph::catalog
