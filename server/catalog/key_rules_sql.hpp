// How a camera's key rules are read from a row.
#pragma once

#include "server/catalog/catalog.hpp"
#include "server/catalog/db.hpp"

namespace heliograph::catalog {

#define KEY_RULES_COLUMNS "camera.plain_http, camera.may_roam, camera.suspect_at"
inline constexpr int key_rules_columns = 3;

inline KeyRules read_key_rules(const Row& row, int first_column) {
  KeyRules rules{row.integer(first_column) != 0, row.integer(first_column + 1) != 0, std::nullopt};
  if (!row.is_null(first_column + 2)) rules.suspect_at = row.time(first_column + 2);
  return rules;
}

}  // namespace heliograph::catalog
