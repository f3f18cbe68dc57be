// The Linux camera's boot loader: starts the program of a slot, watches it, and goes back to the one before
// when it does not prove itself. docs/firmware-releases.md tells why it is a process of its own.
#pragma once

#include "firmware/linux/boot_record.hpp"
#include "firmware/linux/options.hpp"

#include <optional>

namespace heliograph::firmware {

// Which slot the launcher has started this process from; none: it was started by somebody else.
std::optional<Slot> started_slot();

// Starts programs with `argv` until one ends for good. Returns its exit status; 128 and its number of a
// signal. Throws std::runtime_error when the slots cannot be used at all.
int launch(const Options& options, char* const* argv);

}  // namespace heliograph::firmware
