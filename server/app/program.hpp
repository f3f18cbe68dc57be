// Other people's programs: run, listened to, and ended when they take too long.
#pragma once

#include "server/base/error.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace heliograph::app {

struct ProgramEnd {
  int status = 0;    // as a shell tells it: 128 and the signal, if one ended it
  std::string said;  // on both its outputs, in order; the last max_said_bytes of it

  friend bool operator==(const ProgramEnd&, const ProgramEnd&) = default;
};

// What is kept of what a program says: several screens.
inline constexpr std::size_t max_said_bytes = 16 * 1024;

// The first word is searched for in PATH unless it is a path. Its input is empty. Blocks. not_found when
// there is no such program, timeout when it ran for `patience` and was killed.
Result<ProgramEnd> run_program(const std::vector<std::string>& command, std::chrono::seconds patience);

}  // namespace heliograph::app
