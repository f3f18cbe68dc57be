// The driver for SQLite: a file, in WAL mode.
#pragma once

#include "server/base/error.hpp"
#include "server/catalog/catalog.hpp"
#include "server/catalog/db.hpp"

#include <memory>

namespace heliograph::catalog {

// unavailable: the file cannot be opened or is busy; unprocessable: it is no database.
Result<std::unique_ptr<Db>> open_sqlite(const OpenOptions& options);

// What a caller can do about an extended result code of SQLite.
ErrorKind kind_of_sqlite_code(int code);

}  // namespace heliograph::catalog
