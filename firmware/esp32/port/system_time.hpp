// The system's clock, which outlives a deep sleep and by which TLS judges certificates.
#pragma once

#include <cstdint>

namespace heliograph::firmware {

// Milliseconds since 1970, or since power came when nobody has set it.
std::int64_t system_time_ms();
void set_system_time_ms(std::int64_t wall_ms);

}  // namespace heliograph::firmware
