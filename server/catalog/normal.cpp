#include "server/catalog/normal.hpp"

#include "server/base/utf8.hpp"

namespace heliograph::catalog {
namespace {

char small_letter(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

}  // namespace

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

bool is_control(char letter) {
  const auto code = static_cast<unsigned char>(letter);
  return code < 0x20 || code == 0x7f;
}

bool is_space(char letter) {
  return letter == ' ' || letter == '\n' || letter == '\r' || letter == '\t';
}

std::string_view without_space_around(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

Result<std::string> normal_word(const WordRule& rule, std::string_view text) {
  const auto bad = [&rule](std::string_view why) {
    return Error{ErrorKind::bad_request, std::string(rule.what).append(" ").append(why)};
  };
  // Before spaces are taken away: what was sent is what is told to be too long.
  if (text.size() > rule.max_length)
    return bad("must have at most " + std::to_string(rule.max_length) + " bytes");
  if (!is_utf8(text)) return bad("must be UTF-8");
  std::string word;
  for (const char letter : without_space_around(text)) {
    if (is_control(letter) || letter == ',') return bad("has no commas and no control characters");
    if (letter == ' ' && word.ends_with(' ')) continue;
    word += small_letter(letter);
  }
  if (word.empty()) return bad("must not be empty");
  return word;
}

}  // namespace heliograph::catalog
