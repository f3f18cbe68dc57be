// What is wrong with a command line, as a sentence for the person who typed it.
#pragma once

#include <stdexcept>

namespace heliograph::firmware {

struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace heliograph::firmware
