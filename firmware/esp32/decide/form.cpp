#include "firmware/esp32/decide/form.hpp"

namespace heliograph::firmware {

namespace {

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::optional<std::string_view> form_field(std::string_view form, std::string_view name, char* out,
                                           std::size_t capacity) {
  while (!form.empty()) {
    const std::string_view field = form.substr(0, form.find('&'));
    form.remove_prefix(field.size() < form.size() ? field.size() + 1 : form.size());
    const std::size_t equals = field.find('=');
    if (equals == std::string_view::npos || field.substr(0, equals) != name) continue;
    const std::string_view value = field.substr(equals + 1);
    std::size_t size = 0;
    for (std::size_t at = 0; at < value.size(); ++at, ++size) {
      if (size == capacity) return std::nullopt;
      if (value[at] != '%') {
        out[size] = value[at] == '+' ? ' ' : value[at];
        continue;
      }
      const int high = at + 2 < value.size() ? digit_of(value[at + 1]) : -1;
      const int low = high >= 0 ? digit_of(value[at + 2]) : -1;
      if (low < 0) return std::nullopt;
      out[size] = static_cast<char>(high * 16 + low);
      at += 2;
    }
    return std::string_view(out, size);
  }
  return std::nullopt;
}

}  // namespace heliograph::firmware
