// Whatever is read can be written, and reads back the same.
#include "protocol/telemetry.hpp"

#include <array>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace heliograph::protocol;
  Telemetry first;
  if (!decode_telemetry({reinterpret_cast<const char*>(data), size}, first)) return 0;
  std::array<char, max_telemetry_length> text{};
  const std::size_t length = encode_telemetry(first, text.data(), text.size());
  if ((length == 0) != first.empty()) std::abort();
  Telemetry second;
  if (!decode_telemetry({text.data(), length}, second) || !(first == second)) std::abort();
  return 0;
}
