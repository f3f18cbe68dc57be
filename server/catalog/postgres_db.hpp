// The driver for PostgreSQL: one connection, opened again when it was lost.
#pragma once

#include "server/base/error.hpp"
#include "server/catalog/db.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace heliograph::catalog {

// How long PostgreSQL is waited for. Tests use shorter ones.
struct PostgresPatience {
  // A machine on the same network answers in milliseconds; libpq counts whole seconds, two at least.
  std::chrono::seconds connect{5};
  // A statement of ours takes milliseconds; what takes this long waits for a lock or a dying disk.
  std::chrono::milliseconds statement{10'000};
  // Beyond the above, for a server that does not even end the statement: stopped, or its machine is gone.
  std::chrono::milliseconds silence{5'000};
  // An upgrade or a recount reads every row: a minute for ten millions, and room.
  std::chrono::milliseconds exclusive{3'600'000};
};

// `address` is "postgresql://…"; what it says wins over our settings. unavailable: it cannot be reached or
// refuses us.
Result<std::unique_ptr<Db>> open_postgres(const std::string& address, const PostgresPatience& patience = {});

// What a caller can do about an SQLSTATE.
ErrorKind kind_of_sqlstate(std::string_view sqlstate);

}  // namespace heliograph::catalog
