// Whatever comes as an object: it is refused, or holds nothing but known names, and each is of its kind.
#include "server/http/api/json_body.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace heliograph::http;
  constexpr std::array<std::string_view, 3> known{"name", "expires_at", "on"};
  const auto object = parse_object({reinterpret_cast<const char*>(data), size}, known);
  if (!object) return 0;
  for (const auto& member : *object) {
    const std::string_view name(member.key().data(), member.key().size());
    if (std::ranges::find(known, name) == known.end()) std::abort();
  }
  const auto name = optional_text_of(*object, "name");
  if (name && *name && text_of(*object, "name").value() != **name) std::abort();
  if (name && !*name && text_of(*object, "name")) std::abort();
  optional_integer_of(*object, "expires_at");
  optional_bool_of(*object, "on");
  return 0;
}
