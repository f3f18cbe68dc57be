// How heliograph-cam starts anew, and how it knows why it was started.
#pragma once

#include "protocol/telemetry.hpp"

#include <string>

namespace heliograph::firmware {

// Why this process was started, as whoever started it says: power_on for a person or a service manager, who
// say nothing.
protocol::ResetReason reset_reason();

// "NAME=number": what says it, in the environment of the program that is started.
std::string reset_variable(protocol::ResetReason reason);

// Runs this process's program anew in its place, with the same arguments. For whoever started it, it is the
// same process; a signal that was not yet looked at waits for the new one. What other
// threads are at (a name that is being looked up) ends with the old program. Returns only by throwing
// std::system_error.
[[noreturn]] void restart(char* const* argv);

}  // namespace heliograph::firmware
