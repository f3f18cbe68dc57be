// The memory of a process that nothing uses now, given back to the machine.
#pragma once

namespace heliograph::app {

// What glibc keeps of a peak, and the pages of the program and its libraries: those that are used again are
// mapped again without reading the disk, one fault for 64 KiB; those that only the start needed, half of
// them, stay away. Any thread, beside others; takes less than a millisecond. Breakpoints that a debugger has
// set by then are lost.
void give_back_spare_memory();

}  // namespace heliograph::app
