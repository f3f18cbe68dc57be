#include "server/catalog/catalog.hpp"
#include "server/catalog/db.hpp"
#include "server/catalog/postgres_db.hpp"
#include "server/catalog/sqlite_db.hpp"
#include "server/catalog/upgrade.hpp"

#include <utility>

namespace heliograph::catalog {

Catalog::Catalog(std::unique_ptr<Db> db) : db_(std::move(db)) {}
Catalog::Catalog(Catalog&&) noexcept = default;
Catalog& Catalog::operator=(Catalog&&) noexcept = default;
Catalog::~Catalog() = default;

Result<Catalog> Catalog::open(const OpenOptions& options) {
  const std::string_view where = options.database;
  const bool remote = where.starts_with("postgresql://") || where.starts_with("postgres://");
  auto db = remote ? open_postgres(options.database) : open_sqlite(options);
  if (!db) return db.error();
  if (auto ready = bring_up_to_date(**db); !ready) return ready.error();
  return Catalog(std::move(*db));
}

Durability Catalog::durability() const {
  return db_->durability();
}

Result<void> Catalog::checkpoint(Checkpoint when) {
  return db_->checkpoint(when);
}

Result<void> Catalog::together(const std::function<void()>& work) {
  return in_one_transaction(*db_, work);
}

Result<void> Catalog::ping() {
  return db_->query("SELECT version FROM schema_version", {}, [](const Row&) {});
}

Result<std::vector<std::string>> Catalog::check() {
  return db_->faults();
}

}  // namespace heliograph::catalog
