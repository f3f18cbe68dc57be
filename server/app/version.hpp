// Which version this is.
#pragma once

#include <string>

namespace heliograph::app {

std::string version();  // "0.1.0"

}  // namespace heliograph::app
