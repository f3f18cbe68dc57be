#include "server/catalog/audit.hpp"

#include "server/catalog/db.hpp"

#include <algorithm>
#include <limits>

namespace heliograph::catalog {

Result<void> AuditLog::add(const AuditEntry& entry) {
  return in_transaction(db_, [&]() -> Result<void> {
    const auto added = db_.execute(
        "INSERT INTO audit (id, at, actor, address, action, subject, allowed) VALUES ($1, $2, $3, $4, $5, "
        "$6, $7)",
        {entry.id, entry.at, entry.actor, entry.address, entry.action, entry.subject, entry.allowed});
    if (!added) return added.error();
    return {};
  });
}

Result<std::vector<AuditEntry>> AuditLog::page(std::optional<AuditId> before, int limit) {
  return all(
      db_,
      "SELECT id, at, actor, address, action, subject, allowed FROM audit WHERE id < $1 ORDER BY id DESC "
      "LIMIT $2",
      {before.value_or(AuditId{std::numeric_limits<std::int64_t>::max()}), std::clamp(limit, 1, max_page)},
      [](const Row& row) {
        return AuditEntry{row.id<AuditId>(0),       row.time(1),
                          std::string(row.text(2)), std::string(row.text(3)),
                          std::string(row.text(4)), std::string(row.text(5)),
                          row.integer(6) != 0};
      });
}

Result<std::int64_t> AuditLog::remove_before(Timestamp at) {
  return in_transaction(db_, [&] { return db_.execute("DELETE FROM audit WHERE at < $1", {at}); });
}

}  // namespace heliograph::catalog
