#include "firmware/core/json_text.hpp"

#include <charconv>
#include <system_error>

namespace heliograph::firmware {

namespace {

constexpr std::string_view whitespace = " \t\r\n";

// A place in a JSON text. Each skip stands behind what it skipped, or returns false when the text ends
// before.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

  void skip_whitespace() {
    while (at_ < text_.size() && whitespace.find(text_[at_]) != std::string_view::npos) ++at_;
  }

  bool skip(char expected) {
    skip_whitespace();
    if (at_ >= text_.size() || text_[at_] != expected) return false;
    ++at_;
    return true;
  }

  bool skip_string() {
    if (!skip('"')) return false;
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\\') {
        ++at_;
      } else if (text_[at_] == '"') {
        ++at_;
        return true;
      }
    }
    return false;
  }

  // Any value: a string, a number or word, or an array or object with all that is in it.
  bool skip_value() {
    skip_whitespace();
    std::size_t depth = 0;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"') {
        if (!skip_string()) return false;
        if (depth == 0) return true;
      } else if (c == '{' || c == '[') {
        ++depth;
        ++at_;
      } else if (c == '}' || c == ']') {
        if (depth == 0) return true;  // the end of the object around a number or word
        ++at_;
        if (--depth == 0) return true;
      } else if (depth == 0 && (c == ',' || whitespace.find(c) != std::string_view::npos)) {
        return true;
      } else {
        ++at_;
      }
    }
    return false;
  }

  std::size_t at() const { return at_; }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<JsonMembers::Member> JsonMembers::next() {
  if (ended_) return std::nullopt;
  ended_ = true;  // unless a member follows
  Cursor cursor(json_.substr(at_));
  const bool first = at_ == 0;
  if (!cursor.skip(first ? '{' : ',')) {
    whole_ = !first && cursor.skip('}');
    return std::nullopt;
  }
  cursor.skip_whitespace();
  const std::size_t key_at = at_ + cursor.at();
  if (!cursor.skip_string()) {
    whole_ = first && cursor.skip('}');
    return std::nullopt;
  }
  const std::string_view quoted = json_.substr(key_at, at_ + cursor.at() - key_at);
  if (!cursor.skip(':')) return std::nullopt;
  cursor.skip_whitespace();
  const std::size_t value_at = at_ + cursor.at();
  if (!cursor.skip_value()) return std::nullopt;
  at_ += cursor.at();
  ended_ = false;
  return Member{quoted.substr(1, quoted.size() - 2), json_.substr(value_at, at_ - value_at)};
}

std::optional<std::int64_t> read_json_integer(std::string_view value) {
  constexpr std::size_t max_length = 19;  // 18 digits and a sign: no overflow
  std::int64_t number = 0;
  const char* end = value.data() + value.size();
  if (value.size() > max_length) return std::nullopt;
  const auto [stopped, failed] = std::from_chars(value.data(), end, number);
  if (failed != std::errc{} || stopped != end) return std::nullopt;
  return number;
}

std::optional<std::int64_t> json_integer(std::string_view json, std::string_view key) {
  const auto value = json_member(json, key);
  return value ? read_json_integer(*value) : std::nullopt;
}

std::optional<std::string_view> json_member(std::string_view json, std::string_view key) {
  Cursor cursor(json);
  if (!cursor.skip('{')) return std::nullopt;
  do {
    cursor.skip_whitespace();
    const std::size_t key_at = cursor.at();
    if (!cursor.skip_string()) return std::nullopt;
    const std::string_view quoted_key = json.substr(key_at, cursor.at() - key_at);
    if (!cursor.skip(':')) return std::nullopt;
    cursor.skip_whitespace();
    const std::size_t value_at = cursor.at();
    if (!cursor.skip_value()) return std::nullopt;
    if (quoted_key.substr(1, quoted_key.size() - 2) == key)
      return json.substr(value_at, cursor.at() - value_at);
  } while (cursor.skip(','));
  return std::nullopt;
}

JsonStringReader::JsonStringReader(std::string_view quoted) {
  if (quoted.size() >= 2 && quoted.front() == '"' && quoted.back() == '"')
    rest_ = quoted.substr(1, quoted.size() - 2);
}

std::optional<char> JsonStringReader::next() {
  if (pending_size_ == 0) {
    if (rest_.empty()) return std::nullopt;
    if (rest_.front() == '\\') {
      decode_escape();
    } else {
      pending_[pending_size_++] = rest_.front();
      rest_.remove_prefix(1);
    }
  }
  const char byte = pending_[--pending_size_];
  const bool control = static_cast<unsigned char>(byte) < ' ' || byte == '\x7F';
  return control ? ' ' : byte;
}

void JsonStringReader::decode_escape() {
  const char kind = rest_.size() > 1 ? rest_[1] : ' ';
  rest_.remove_prefix(rest_.size() > 1 ? 2 : 1);
  if (kind != 'u') {
    constexpr std::string_view blanks = "bfnrt";
    pending_[pending_size_++] = blanks.find(kind) != std::string_view::npos ? ' ' : kind;
    return;
  }
  unsigned code_point = hex4().value_or('?');
  if (code_point >= 0xD800 && code_point < 0xDC00 && rest_.substr(0, 2) == "\\u") {
    rest_.remove_prefix(2);
    const unsigned low = hex4().value_or(0);
    if (low >= 0xDC00 && low < 0xE000) code_point = 0x10000 + ((code_point - 0xD800) << 10) + (low - 0xDC00);
  }
  const bool half_a_pair = code_point >= 0xD800 && code_point < 0xE000;
  push_utf8(half_a_pair ? '?' : code_point);
}

std::optional<unsigned> JsonStringReader::hex4() {
  if (rest_.size() < 4) {
    rest_ = {};
    return std::nullopt;
  }
  unsigned value = 0;
  const auto end = rest_.data() + 4;
  const auto result = std::from_chars(rest_.data(), end, value, 16);
  rest_.remove_prefix(4);
  if (result.ptr != end) return std::nullopt;
  return value;
}

void JsonStringReader::push_utf8(unsigned code_point) {
  if (code_point < 0x80) {
    pending_[pending_size_++] = static_cast<char>(code_point);
    return;
  }
  const unsigned trailing = code_point < 0x800 ? 1 : code_point < 0x10000 ? 2 : 3;
  for (unsigned i = 0; i < trailing; ++i) {
    pending_[pending_size_++] = static_cast<char>(0x80 | (code_point & 0x3F));
    code_point >>= 6;
  }
  const unsigned lead = trailing == 1 ? 0xC0 : trailing == 2 ? 0xE0 : 0xF0;
  pending_[pending_size_++] = static_cast<char>(lead | code_point);
}

}  // namespace heliograph::firmware
