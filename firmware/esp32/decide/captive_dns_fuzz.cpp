#include "firmware/esp32/decide/captive_dns.hpp"

#include <cstdlib>
#include <memory>

using namespace heliograph::firmware;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::unique_ptr<std::uint8_t[]> answer(new std::uint8_t[max_dns_message]);
  const std::size_t written = answer_dns(data, size, {192, 168, 4, 1}, answer.get());
  if (written > max_dns_message) std::abort();
  // An answer is never answered: two boards would talk for ever.
  if (written > 0 && answer_dns(answer.get(), written, {192, 168, 4, 1}, answer.get()) != 0) std::abort();
  return 0;
}
