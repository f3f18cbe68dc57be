// What of settings a Mega takes, and which resolutions it has, for what a board says that it can do
// (protocol/README.md, Orders): the elements of two lists in JSON. Pure.
#pragma once

#include "firmware/core/arducam/sensors.hpp"
#include "firmware/core/text.hpp"

namespace heliograph::firmware::mega {

// Every setting, or every resolution, are some 200 bytes.
using ListText = Text<256>;

// "resolution","quality",…
ListText settings_list(const Sensor& sensor);
// "96x96","128x128",… from the smallest
ListText resolutions_list(const Sensor& sensor);

}  // namespace heliograph::firmware::mega
