// What a modem answers to AT commands, read. Pure. The texts are whole answers, with or without line ends and
// what else the modem says meanwhile.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace heliograph::firmware {

// "+CSQ: 17,99" in dBm; none: it does not know.
std::optional<int> read_signal_dbm(std::string_view answer);

// "+CEREG: 0,1": at home or roaming.
bool read_registered(std::string_view answer);

enum class SimState { absent, ready, wants_pin, locked };
// "+CPIN: READY"; locked: it wants what only its owner has (PUK).
SimState read_sim(std::string_view answer);

struct GpsFix {
  std::int64_t lat_e7 = 0;
  std::int64_t lon_e7 = 0;
};
// "+CGPSINFO: 4504.204680,N,00741.242000,E,…"; none: no satellites yet.
std::optional<GpsFix> read_gps(std::string_view answer);

// "+CCLK: "26/11/30,07:12:00+04"", milliseconds since 1970 UTC; none: the network has not told the time.
std::optional<std::int64_t> read_network_time_ms(std::string_view answer);

}  // namespace heliograph::firmware
