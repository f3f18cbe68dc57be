// A fleet as a table: what a spreadsheet saves (RFC 4180), read and written by libcsv. Pure.
#pragma once

#include "server/base/error.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::cameras {

// A camera that is to be added.
struct FleetRow {
  std::string name;
  std::string group;  // its name; empty: none

  friend bool operator==(const FleetRow&, const FleetRow&) = default;
};

// And one that was.
struct FleetKey {
  FleetRow row;
  std::string id;
  std::string key;
};

// Cameras of one table: a file of a few kilobytes, and one transaction of a second or so.
inline constexpr std::size_t max_fleet = 500;
inline constexpr std::size_t max_fleet_bytes = 128UL * 1024;

// The first row names the columns, in any order: `name`, and `group` if there are groups; other columns are
// skipped. Separated by commas, or by semicolons where the first row has no comma. bad_request, naming the
// row: no such columns, no name, a name twice, too many, no CSV.
Result<std::vector<FleetRow>> read_fleet(std::string_view csv);

// With the columns name, group, id, key.
std::string write_fleet(std::span<const FleetKey> fleet);

}  // namespace heliograph::cameras
