// What is read can be written, and reads back the same; whatever comes.
#include "server/cameras/fleet_csv.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace heliograph::cameras;
  const auto fleet = read_fleet({reinterpret_cast<const char*>(data), size});
  if (!fleet) return 0;
  if (fleet->empty() || fleet->size() > max_fleet) std::abort();
  std::vector<FleetKey> keys;
  for (const FleetRow& row : *fleet) keys.push_back({row, "id", "key"});
  const auto again = read_fleet(write_fleet(keys));
  if (!again || *again != *fleet) std::abort();
  return 0;
}
