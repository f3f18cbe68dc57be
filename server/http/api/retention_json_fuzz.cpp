// Whatever is sent as a rule: no crash, and what is accepted is written and read again as the same.
#include "server/http/api/retention_json.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace heliograph::http;
  const auto rule = read_rule({reinterpret_cast<const char*>(data), size});
  if (!rule) return 0;
  JsonWriter json;
  write_rule(json, *rule);
  const auto again = read_rule(json.text());
  if (!again || *again != *rule) std::abort();
  return 0;
}
