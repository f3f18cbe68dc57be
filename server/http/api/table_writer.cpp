#include "server/http/api/table_writer.hpp"

#include "server/http/json.hpp"

#include <algorithm>
#include <csv.h>
#include <utility>

namespace heliograph::http {
namespace {

// What begins a formula, and what is skipped on the way to one; also in the full width that an input method
// for Chinese or Japanese writes. And the apostrophe, so that ours can be told from it.
constexpr std::string_view signs[] = {"=", "+", "-", "@", "\t", "\r", "'", "＝", "＋", "－", "＠"};

bool begins_formula(std::string_view text) {
  return std::ranges::any_of(signs, [text](std::string_view sign) { return text.starts_with(sign); });
}

bool ends_cell(char letter) {
  return letter == ';' || letter == '\t' || letter == '\r' || letter == '\n';
}

std::string without_formulas(std::string_view text) {
  std::string safe;
  bool at_beginning = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (at_beginning && begins_formula(text.substr(i))) safe += '\'';
    safe += text[i];
    at_beginning = ends_cell(text[i]);
  }
  return safe;
}

std::string csv_text(std::string_view words) {
  std::string quoted(2 * words.size() + 2, '\0');  // every byte a quote, and two around them
  quoted.resize(csv_write(quoted.data(), quoted.size(), words.data(), words.size()));
  return quoted;
}

template <class T>
std::string json_text(const T& value) {
  JsonWriter json;
  json.value(value);
  return std::move(json).text();
}

}  // namespace

TableWriter::TableWriter(TableFormat format, std::vector<std::string> columns)
    : format_(format), columns_(std::move(columns)) {
  if (format_ == TableFormat::json) {
    text_ = "[";
    return;
  }
  for (const std::string& column : columns_) {
    if (!text_.empty()) text_ += ',';
    text_ += column;
  }
  text_ += "\r\n";
}

void TableWriter::text(std::string_view words) {
  cell(format_ == TableFormat::csv ? csv_text(without_formulas(words)) : json_text(words));
}

void TableWriter::number(std::optional<std::int64_t> number) {
  if (number) {
    cell(std::to_string(*number));
  } else {
    cell(format_ == TableFormat::csv ? "" : "null");
  }
}

void TableWriter::share(std::optional<double> share) {
  if (share) {
    cell(json_text(*share));
  } else {
    number({});
  }
}

void TableWriter::json(std::string_view value) {
  format_ == TableFormat::csv ? text(value) : cell(value);
}

void TableWriter::truth(bool truth) {
  if (format_ == TableFormat::csv) {
    cell(truth ? "1" : "0");
  } else {
    cell(truth ? "true" : "false");
  }
}

void TableWriter::list(std::span<const std::string> words) {
  if (format_ == TableFormat::csv) {
    std::string together;
    for (const std::string& word : words) {
      if (!together.empty()) together += ',';
      together += word;
    }
    return text(together);
  }
  JsonWriter json;
  json.array([&] {
    for (const std::string& word : words) json.value(word);
  });
  cell(json.text());
}

void TableWriter::finish() {
  if (format_ == TableFormat::json) text_ += "\n]\n";
}

std::string TableWriter::take() {
  return std::exchange(text_, {});
}

void TableWriter::cell(std::string_view value) {
  const bool first = column_ == 0;
  const std::string& name = columns_[column_];
  column_ = (column_ + 1) % columns_.size();
  const bool last = column_ == 0;
  if (format_ == TableFormat::csv) {
    if (!first) text_ += ',';
    text_ += value;
    if (last) text_ += "\r\n";
    return;
  }
  if (first) text_ += std::exchange(empty_, false) ? "\n{" : ",\n{";
  if (!first) text_ += ',';
  text_ += json_text(std::string_view(name)) + ':';
  text_ += value;
  if (last) text_ += '}';
}

}  // namespace heliograph::http
