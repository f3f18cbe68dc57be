// Reads single members out of a small JSON object, in place: a receipt or a problem. Hand-written because
// every JSON library builds a tree on the heap, and the camera wants three strings and a bool.
#pragma once

#include "firmware/core/text.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace heliograph::firmware {

// The text of the value of the member `key` of the object `json`, as it stands there; none when `json` is no
// object, was cut off before that value's end, or has no such member. `key` is compared as written: no
// escapes.
std::optional<std::string_view> json_member(std::string_view json, std::string_view key);

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

}  // namespace heliograph::firmware
