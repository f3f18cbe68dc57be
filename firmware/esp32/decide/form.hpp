// What a browser sends of a form (application/x-www-form-urlencoded), field by field. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace heliograph::firmware {

// The value of a field, decoded into `out`; none: it is not there, is longer than `capacity`, or is no such
// form. The first of its name counts.
std::optional<std::string_view> form_field(std::string_view form, std::string_view name, char* out,
                                           std::size_t capacity);

// As form_field, into a Text; empty when there is none.
template <class TextType>
TextType form_text(std::string_view form, std::string_view name) {
  char buffer[TextType::max_size];
  const auto value = form_field(form, name, buffer, sizeof buffer);
  return value ? TextType(*value) : TextType();
}

}  // namespace heliograph::firmware
