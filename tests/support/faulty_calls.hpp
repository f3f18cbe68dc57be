// How a FaultyDisk gets to see the C library's file calls.
#pragma once

#include "tests/support/faulty_disk.hpp"

namespace heliograph::fixtures {

// From now on the calls look at `disk` first; at none for nullptr.
void look_first(FaultyDisk* disk);

}  // namespace heliograph::fixtures
