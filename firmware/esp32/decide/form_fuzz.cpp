#include "firmware/esp32/decide/form.hpp"

#include <cstdint>
#include <cstdlib>
#include <memory>

using namespace heliograph::firmware;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t capacity = 16;
  const std::unique_ptr<char[]> out(new char[capacity]);
  const std::string_view form(reinterpret_cast<const char*>(data), size);
  const auto value = form_field(form, "a", out.get(), capacity);
  if (value && value->size() > capacity) std::abort();
  return 0;
}
