#include "firmware/esp32/decide/improv.hpp"

#include <cstdlib>

using namespace heliograph::firmware;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ImprovReader reader;
  for (std::size_t i = 0; i < size; ++i) {
    const auto request = reader.take(data[i]);
    if (!request || !request->whole || request->command != 1) continue;
    if (request->name.truncated() || request->password.truncated()) std::abort();
  }
  return 0;
}
