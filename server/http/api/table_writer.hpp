// Rows of a table for spreadsheets and programs, as CSV or as JSON. Pure.
//
// CSV is what RFC 4180 says, in UTF-8 without a mark at its beginning, with a row of names; texts are written
// by libcsv. What somebody wrote may be a formula to whoever opens the file ("=HYPERLINK(…)"), so an
// apostrophe stands before each sign that begins one where a cell may begin: at the start of a text, and
// behind a semicolon, a tab or the end of a line in it, because a spreadsheet whose country separates by
// semicolons takes our quotes for letters and begins cells there. Where an apostrophe stands by itself it
// gets another one: whoever takes one away at each such place has exactly what was written.
//
// JSON is one array and not an object a line: every reader of JSON takes it, and one that broke off is no
// JSON, where half of a file of lines looks whole. Each row has a line, so that tools for lines can read it
// all the same. Texts are as they were written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::http {

enum class TableFormat { csv, json };

// Cells are appended in the order of the columns; a row ends by itself behind the last one.
class TableWriter {
 public:
  TableWriter(TableFormat format, std::vector<std::string> columns);

  void text(std::string_view words);
  void number(std::optional<std::int64_t> number);  // none: an empty cell, or null
  void truth(bool truth);                           // 1 or 0 in CSV
  void share(std::optional<double> share);          // the same, of one
  // A value that is JSON already; in CSV it is a text.
  void json(std::string_view value);
  // None of them may have a comma, which stands between them in CSV.
  void list(std::span<const std::string> words);

  // Behind the last row.
  void finish();
  // What was written since it was last asked for.
  std::string take();

 private:
  void cell(std::string_view value);

  TableFormat format_;
  std::vector<std::string> columns_;
  std::size_t column_ = 0;  // of the next cell
  bool empty_ = true;       // no row has begun
  std::string text_;
};

}  // namespace heliograph::http
