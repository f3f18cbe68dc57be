#include "server/catalog/snapshot.hpp"

#include "server/catalog/catalog.hpp"
#include "server/catalog/db.hpp"
#include "server/catalog/sqlite_db.hpp"

#include <filesystem>

namespace heliograph::catalog {

Result<void> take_snapshot(const std::string& database, const std::string& into) {
  if (database.starts_with("postgres")) {
    return Error{ErrorKind::unsupported, "the catalog is in PostgreSQL: pg_dump makes a copy of it"};
  }
  std::error_code failed;
  // Opening makes what is not there, and an empty catalog is no copy of anything.
  if (!std::filesystem::exists(database, failed)) {
    return Error{ErrorKind::not_found, "there is no catalog at " + database};
  }
  if (std::filesystem::exists(into, failed)) {
    return Error{ErrorKind::conflict, "there is something at " + into + " already"};
  }
  auto db = open_sqlite({.database = database, .durability = Durability::at_sync});
  if (!db) return db.error();
  const auto copied = (*db)->execute("VACUUM INTO $1", {into});
  if (copied) return {};
  std::filesystem::remove(into, failed);  // a part of it is no copy
  return copied.error();
}

}  // namespace heliograph::catalog
