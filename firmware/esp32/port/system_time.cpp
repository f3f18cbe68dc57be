#include "firmware/esp32/port/system_time.hpp"

#include <sys/time.h>

namespace heliograph::firmware {

std::int64_t system_time_ms() {
  timeval now{};
  gettimeofday(&now, nullptr);
  return std::int64_t{now.tv_sec} * 1000 + now.tv_usec / 1000;
}

void set_system_time_ms(std::int64_t wall_ms) {
  timeval now{};
  now.tv_sec = static_cast<time_t>(wall_ms / 1000);
  now.tv_usec = static_cast<suseconds_t>(wall_ms % 1000 * 1000);
  settimeofday(&now, nullptr);
}

}  // namespace heliograph::firmware
