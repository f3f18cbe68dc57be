// Texts that strangers chose, made into what every database, page and log can take.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace heliograph {

// The length of the well-formed UTF-8 sequence that `text`, which is not empty, begins with; 0: there is
// none. The table of Unicode 15, 3-7: the second byte's range excludes overlong forms, surrogates and what is
// beyond U+10FFFF.
std::size_t utf8_length(std::string_view text);

// The beginning of `text`, `most` bytes or fewer, as UTF-8: what is not becomes U+FFFD, a control character a
// space.
std::string printable(std::string_view text, std::size_t most);

}  // namespace heliograph
