// Who did what.
#pragma once

#include "server/catalog/catalog.hpp"

#include <string>
#include <vector>

namespace heliograph::catalog {

struct AuditEntry {
  AuditId id;
  Timestamp at;
  std::string actor;    // a person's name, "camera <name>", or who was at the machine itself
  std::string address;  // empty: at the machine itself
  std::string action;   // "sign-in", "camera-added"
  std::string subject;  // what it was done to
  bool allowed = true;  // false: it was tried, and refused

  friend bool operator==(const AuditEntry&, const AuditEntry&) = default;
};

// Uses the connection of a Catalog: on its thread, and no longer than it lives. Errors as there.
class AuditLog {
 public:
  explicit AuditLog(Catalog& catalog) : db_(*catalog.db_) {}

  Result<void> add(const AuditEntry& entry);
  // Newest first, `limit` 1 … max_page, those before `before`.
  Result<std::vector<AuditEntry>> page(std::optional<AuditId> before, int limit);
  // How many went.
  Result<std::int64_t> remove_before(Timestamp at);

 private:
  Db& db_;
};

}  // namespace heliograph::catalog
