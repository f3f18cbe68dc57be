// The .sql files of this directory, which CMake puts into the program.
#pragma once

#include <string_view>

namespace heliograph::catalog {

extern const std::string_view schema_sql;          // schema.sql
extern const std::string_view telemetry_more_sql;  // telemetry_more.sql
extern const std::string_view upgrade_v1_to_v2;    // upgrades/v1_to_v2.sql
extern const std::string_view upgrade_v2_to_v3;    // upgrades/v2_to_v3.sql
extern const std::string_view upgrade_v3_to_v4;    // upgrades/v3_to_v4.sql
extern const std::string_view upgrade_v4_to_v5;    // upgrades/v4_to_v5.sql
extern const std::string_view upgrade_v5_to_v6;    // upgrades/v5_to_v6.sql
extern const std::string_view upgrade_v6_to_v7;    // upgrades/v6_to_v7.sql
extern const std::string_view upgrade_v7_to_v8;    // upgrades/v7_to_v8.sql
extern const std::string_view upgrade_v8_to_v9;    // upgrades/v8_to_v9.sql
extern const std::string_view upgrade_v9_to_v10;   // upgrades/v9_to_v10.sql
extern const std::string_view upgrade_v10_to_v11;  // upgrades/v10_to_v11.sql

}  // namespace heliograph::catalog
