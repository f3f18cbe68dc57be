// Which program this is. Compiled into the program and not into its library, so that two versions of it can
// be made side by side.
#pragma once

#include <cstdint>
#include <string_view>

namespace heliograph::firmware {

std::string_view program_version();  // "0.2.0"
std::string_view program_model();    // what its images are signed for: "heliograph-cam-x86_64"
// Raised when no program before this one may run any more: docs/firmware-releases.md.
std::uint32_t program_security();

}  // namespace heliograph::firmware
