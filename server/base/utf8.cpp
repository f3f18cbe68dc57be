#include "server/base/utf8.hpp"

namespace heliograph {

std::size_t utf8_length(std::string_view text) {
  const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto between = [&](std::size_t i, unsigned from, unsigned to) {
    return i < text.size() && byte(i) >= from && byte(i) <= to;
  };
  const auto tail = [&](std::size_t i) { return between(i, 0x80, 0xBF); };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  if (lead < 0xE0) return tail(1) ? 2 : 0;
  if (lead < 0xF0)
    return between(1, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF) && tail(2) ? 3 : 0;
  return between(1, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF) && tail(2) && tail(3) ? 4 : 0;
}

std::string printable(std::string_view text, std::size_t most) {
  constexpr std::string_view replacement = "\xEF\xBF\xBD";
  std::string shown;
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    const auto lead = static_cast<unsigned char>(text.front());
    const std::string_view piece = lead < 0x20 || lead == 0x7F ? " "
                                   : length == 0               ? replacement
                                                               : text.substr(0, length);
    if (shown.size() + piece.size() > most) break;
    shown += piece;
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return shown;
}

}  // namespace heliograph
