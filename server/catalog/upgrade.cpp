#include "server/catalog/upgrade.hpp"

#include "server/catalog/schema_text.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace heliograph::catalog {
namespace {

Result<FoundSchema> look(Db& db) {
  const auto tables = db.tables();
  if (!tables) return tables.error();
  const auto has = [&tables](std::string_view name) {
    return std::ranges::find(*tables, name) != tables->end();
  };
  FoundSchema found{
      .has_tables = !tables->empty(), .version = {}, .has_more_telemetry = has("telemetry_more_slot")};
  if (!has("schema_version")) return found;
  const auto version =
      first(db, "SELECT version FROM schema_version", {}, [](const Row& row) { return row.integer(0); });
  if (!version) return version.error();
  found.version = *version;
  return found;
}

}  // namespace

Result<std::vector<std::string_view>> scripts_to_today(const FoundSchema& found) {
  // The script at n leads from version n + 1 to n + 2.
  const std::array upgrades{upgrade_v1_to_v2,  upgrade_v2_to_v3,  upgrade_v3_to_v4, upgrade_v4_to_v5,
                            upgrade_v5_to_v6,  upgrade_v6_to_v7,  upgrade_v7_to_v8, upgrade_v8_to_v9,
                            upgrade_v9_to_v10, upgrade_v10_to_v11};
  static_assert(upgrades.size() + 1 == schema_version_today);

  if (!found.version && !found.has_tables) return std::vector{schema_sql, telemetry_more_sql};
  if (!found.version || *found.version < 1) {
    return Error{ErrorKind::unprocessable,
                 "the database holds something else; heliograph wants one of its own"};
  }
  if (*found.version > schema_version_today) {
    return Error{ErrorKind::unprocessable, "the catalog has version " + std::to_string(*found.version) +
                                               ", but this heliograph knows only " +
                                               std::to_string(schema_version_today) + ": run the newer one"};
  }
  std::vector scripts(upgrades.begin() + (*found.version - 1), upgrades.end());
  if (!found.has_more_telemetry) scripts.push_back(telemetry_more_sql);
  return scripts;
}

Result<void> bring_up_to_date(Db& db) {
  const auto scripts_needed = [&db]() -> Result<std::vector<std::string_view>> {
    const auto found = look(db);
    if (!found) return found.error();
    return scripts_to_today(*found);
  };
  const auto glance = scripts_needed();
  if (!glance) return glance.error();
  if (glance->empty()) return {};
  return in_exclusive_transaction(db, [&]() -> Result<void> {
    const auto scripts = scripts_needed();  // again, now that nobody else can be doing it
    if (!scripts) return scripts.error();
    for (const std::string_view script : *scripts) {
      if (auto done = db.execute_script(script); !done) return done;
    }
    return {};
  });
}

}  // namespace heliograph::catalog
