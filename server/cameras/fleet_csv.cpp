#include "server/cameras/fleet_csv.hpp"

#include <algorithm>
#include <cctype>
#include <csv.h>
#include <initializer_list>
#include <memory>
#include <new>
#include <optional>
#include <set>
#include <utility>

namespace heliograph::cameras {
namespace {

using Row = std::vector<std::string>;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// libcsv tells fields and ends of rows as they come.
struct Table {
  std::vector<Row> rows;
  Row row;

  static void take_field(void* bytes, std::size_t size, void* self) {
    static_cast<Table*>(self)->row.emplace_back(static_cast<const char*>(bytes), size);
  }
  static void end_row(int, void* self) {
    auto& table = *static_cast<Table*>(self);
    table.rows.push_back(std::move(table.row));
    table.row.clear();
  }
};

struct Free {
  void operator()(csv_parser* parser) const { csv_free(parser); }
};

Error bad(std::size_t row, std::string_view what) {
  return {ErrorKind::bad_request, "row " + std::to_string(row) + " " + std::string(what)};
}

Result<std::vector<Row>> read_rows(std::string_view text) {
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  csv_parser state{};
  if (csv_init(&state, CSV_STRICT | CSV_STRICT_FINI) != 0) throw std::bad_alloc();
  const std::unique_ptr<csv_parser, Free> parser(&state);
  const std::string_view head = text.substr(0, text.find_first_of("\r\n"));
  if (head.find(',') == std::string_view::npos) csv_set_delim(parser.get(), ';');
  Table table;
  const bool whole = csv_parse(parser.get(), text.data(), text.size(), Table::take_field, Table::end_row,
                               &table) == text.size() &&
                     csv_fini(parser.get(), Table::take_field, Table::end_row, &table) == 0;
  if (!whole) return bad(table.rows.size() + 1, "is no CSV: a quote stands where none may, or is not closed");
  return std::move(table.rows);
}

std::optional<std::size_t> column(const Row& head, std::string_view name) {
  const auto small = [](char c) { return std::tolower(static_cast<unsigned char>(c)); };
  const auto found = std::ranges::find_if(
      head, [&](const std::string& title) { return std::ranges::equal(title, name, {}, small); });
  if (found == head.end()) return std::nullopt;
  return static_cast<std::size_t>(found - head.begin());
}

std::string field(const Row& row, std::optional<std::size_t> at) {
  return at && *at < row.size() ? row[*at] : std::string();
}

void append_row(std::string& csv, std::initializer_list<std::string_view> fields) {
  bool first = true;
  for (const std::string_view value : fields) {
    if (!std::exchange(first, false)) csv += ',';
    std::string quoted(2 * value.size() + 2, '\0');  // every byte a quote, and two around them
    quoted.resize(csv_write(quoted.data(), quoted.size(), value.data(), value.size()));
    csv += quoted;
  }
  csv += "\r\n";
}

}  // namespace

Result<std::vector<FleetRow>> read_fleet(std::string_view csv) {
  const auto rows = read_rows(csv);
  if (!rows) return rows.error();
  const auto name = rows->empty() ? std::nullopt : column(rows->front(), "name");
  if (!name) return bad(1, "must name the columns, and one of them must be `name`");
  const auto group = column(rows->front(), "group");
  if (rows->size() - 1 > max_fleet) {
    return Error{ErrorKind::bad_request, "a table has " + std::to_string(max_fleet) + " cameras at most"};
  }
  std::vector<FleetRow> fleet;
  std::set<std::string> names;
  for (std::size_t i = 1; i < rows->size(); ++i) {
    FleetRow row{field((*rows)[i], name), field((*rows)[i], group)};
    if (row.name.empty()) return bad(i + 1, "has no name");
    if (!names.insert(row.name).second) return bad(i + 1, "has the name of another: " + row.name);
    fleet.push_back(std::move(row));
  }
  if (fleet.empty()) return bad(2, "is missing: there are no cameras in the table");
  return fleet;
}

std::string write_fleet(std::span<const FleetKey> fleet) {
  std::string csv = "name,group,id,key\r\n";
  for (const FleetKey& camera : fleet) {
    append_row(csv, {camera.row.name, camera.row.group, camera.id, camera.key});
  }
  return csv;
}

}  // namespace heliograph::cameras
