// Reads single members out of a small JSON object, in place: a receipt or a problem. Hand-written because
// every JSON library builds a tree on the heap, and the camera wants a few strings and numbers.
#pragma once

#include "firmware/core/text.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace heliograph::firmware {

// The text of the value of the member `key` of the object `json`, as it stands there; none when `json` is no
// object, was cut off before that value's end, or has no such member. `key` is compared as written: no
// escapes.
std::optional<std::string_view> json_member(std::string_view json, std::string_view key);

// The same, as a whole number of at most 18 digits; none when it is anything else.
std::optional<std::int64_t> json_integer(std::string_view json, std::string_view key);
// A value that is one, as it stands in JSON.
std::optional<std::int64_t> read_json_integer(std::string_view value);

// The members of an object one after the other, each as it stands there: its key without quotes, no escapes.
class JsonMembers {
 public:
  explicit JsonMembers(std::string_view json) : json_(json) {}

  struct Member {
    std::string_view key;
    std::string_view value;
  };
  // None: there are no more, or what follows is no member.
  std::optional<Member> next();
  // After the last one: the object ended as it should.
  bool whole() const { return whole_; }

 private:
  std::string_view json_;
  std::size_t at_ = 0;
  bool whole_ = false;
  bool ended_ = false;
};

// The bytes of a string that stands in JSON (with its quotes), unescaped, one call per byte. Control
// characters become spaces: these texts end in logs and on terminals. False when it is no string.
class JsonStringReader {
 public:
  explicit JsonStringReader(std::string_view quoted);

  // The next byte, or none at the end.
  std::optional<char> next();

 private:
  void decode_escape();
  std::optional<unsigned> hex4();
  void push_utf8(unsigned code_point);

  std::string_view rest_;
  char pending_[4] = {};  // bytes of one code point, in reverse
  std::size_t pending_size_ = 0;
};

// The string value of a member, unescaped and cut to the capacity; empty when there is none.
template <std::size_t capacity>
Text<capacity> json_string(std::string_view json, std::string_view key) {
  Text<capacity> text;
  const auto value = json_member(json, key);
  if (!value) return text;
  JsonStringReader reader(*value);
  while (const auto byte = reader.next()) text.append(*byte);
  return text;
}

// Writes a string: our own words and those of a board. What is not plain in it becomes a question mark.
template <std::size_t capacity>
void append_quoted(Text<capacity>& out, std::string_view text) {
  out.append('"');
  for (const char c : text) out.append(c >= ' ' && c <= '~' && c != '"' && c != '\\' ? c : '?');
  out.append('"');
}

// The same as a member of an object, behind a comma.
template <std::size_t capacity>
void append_member(Text<capacity>& out, std::string_view key, std::string_view text) {
  out.append(",\"").append(key).append("\":");
  append_quoted(out, text);
}

}  // namespace heliograph::firmware
