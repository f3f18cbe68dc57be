#include "firmware/esp32/decide/at_text.hpp"

#include <cstdlib>

using namespace heliograph::firmware;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto dbm = read_signal_dbm(text);
  if (dbm && (*dbm < -113 || *dbm > -51)) std::abort();
  const auto fix = read_gps(text);
  if (fix && (fix->lat_e7 > 900'000'000 || fix->lat_e7 < -900'000'000)) std::abort();
  if (fix && (fix->lon_e7 > 1'800'000'000 || fix->lon_e7 < -1'800'000'000)) std::abort();
  read_registered(text);
  read_sim(text);
  read_network_time_ms(text);
  return 0;
}
