#include "firmware/core/arducam/ladder.hpp"

namespace heliograph::firmware::mega {

Remedy remedy_after(int failures, bool can_power_cycle) {
  if (failures == 0) return Remedy::none;
  if (failures == 1) return Remedy::again;
  return failures > 2 && can_power_cycle ? Remedy::power_cycle : Remedy::reset;
}

}  // namespace heliograph::firmware::mega
