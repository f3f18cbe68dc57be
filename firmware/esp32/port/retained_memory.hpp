// Where the board keeps what a restart and a deep sleep leave alone: one block, of which there is one.
#pragma once

#include "firmware/esp32/decide/retained.hpp"

namespace heliograph::firmware {

// What was there at the start; a new one after power was gone.
Retained load_retained();
void save_retained(const Retained& retained);

}  // namespace heliograph::firmware
