#include "firmware/esp32/decide/retained.hpp"

#include "firmware/core/crc32.hpp"

#include <cstddef>

namespace heliograph::firmware {

using protocol::ResetReason;

std::uint32_t checksum_of(const Retained& retained) {
  // Never 0, so that memory full of zeros is none.
  return crc32(&retained, offsetof(Retained, checksum)) | 1U;
}

Retained recall(const Retained& memory) {
  return memory.checksum == checksum_of(memory) ? memory : Retained{};
}

void retain(Retained& memory, Retained retained) {
  retained.checksum = checksum_of(retained);
  memory = retained;
}

BootVerdict begin_boot(Retained& retained, ResetReason reason) {
  const bool crashed = reason == ResetReason::panic || reason == ResetReason::watchdog;
  const bool browned_out = reason == ResetReason::brownout;
  if (crashed || browned_out) ++retained.crashes;
  // Somebody is there, or somebody meant it.
  if (reason == ResetReason::power_on || reason == ResetReason::pin) retained.crashes = 0;
  return {retained.crashes >= crash_loop_limit && crashed, browned_out};
}

void survived(Retained& retained) {
  retained.crashes = 0;
}

}  // namespace heliograph::firmware
