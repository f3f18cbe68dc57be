// The one form in which the words that people and programs give to images are kept: tags, labels, and who
// found them.
#pragma once

#include "server/base/error.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace heliograph::catalog {

struct WordRule {
  std::string_view what;   // as a sentence about it begins: "a tag"
  std::size_t max_length;  // bytes. Characters are what the schema counts; nobody minds the difference
};

// Without spaces around it, one space where there were more, letters A to Z small. bad_request: nothing is
// left, it is too long, no UTF-8, or has a control character or a comma, which separates words wherever
// people type them.
Result<std::string> normal_word(const WordRule& rule, std::string_view text);

// Pieces of it, for other texts of people.
bool is_utf8(std::string_view text);
bool is_control(char letter);
bool is_space(char letter);
std::string_view without_space_around(std::string_view text);

}  // namespace heliograph::catalog
