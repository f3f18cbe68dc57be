#include "server/http/json.hpp"

#include "server/base/utf8.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace heliograph::http {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

// Printable ASCII without the two characters that JSON escapes: nearly all of what we write.
bool is_plain(char c) {
  return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
}

template <class Number>
void append_number(std::string& text, Number number) {
  std::array<char, 32> buffer{};  // the longest double, -2.2250738585072014e-308, has 24
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
  text.append(buffer.data(), end);
}

}  // namespace

JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  string(name);
  text_ += ':';
  comma_ = false;
  return *this;
}

void JsonWriter::value(std::string_view text) {
  separate();
  string(text);
  comma_ = true;
}

void JsonWriter::value(bool truth) {
  separate();
  text_ += truth ? "true" : "false";
  comma_ = true;
}

void JsonWriter::value(double number) {
  if (!std::isfinite(number)) return value(nullptr);
  separate();
  append_number(text_, number);
  comma_ = true;
}

void JsonWriter::value(std::nullptr_t) {
  separate();
  text_ += "null";
  comma_ = true;
}

void JsonWriter::raw(std::string_view json) {
  separate();
  text_ += json;
  comma_ = true;
}

void JsonWriter::signed_value(std::int64_t number) {
  separate();
  append_number(text_, number);
  comma_ = true;
}

void JsonWriter::unsigned_value(std::uint64_t number) {
  separate();
  append_number(text_, number);
  comma_ = true;
}

void JsonWriter::open(char bracket) {
  separate();
  text_ += bracket;
  comma_ = false;
}

void JsonWriter::close(char bracket) {
  text_ += bracket;
  comma_ = true;
}

void JsonWriter::separate() {
  if (comma_) text_ += ',';
}

void JsonWriter::string(std::string_view text) {
  text_ += '"';
  while (!text.empty()) {
    std::size_t plain = 0;
    while (plain < text.size() && is_plain(text[plain])) ++plain;
    text_ += text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty()) break;

    const char c = text.front();
    std::size_t used = 1;
    if (c == '"' || c == '\\') {
      text_ += '\\';
      text_ += c;
    } else if (c == '\n') {
      text_ += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      text_ += "\\u00";
      text_ += hex_digits[static_cast<unsigned char>(c) >> 4U];
      text_ += hex_digits[static_cast<unsigned char>(c) & 15U];
    } else if (const std::size_t length = utf8_length(text); length != 0) {
      text_ += text.substr(0, length);
      used = length;
    } else {
      text_ += replacement;
    }
    text.remove_prefix(used);
  }
  text_ += '"';
}

}  // namespace heliograph::http
