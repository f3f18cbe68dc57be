#include "firmware/linux/restart.hpp"

#include "firmware/linux/environment.hpp"

#include <cerrno>
#include <cstdlib>
#include <string_view>
#include <system_error>
#include <unistd.h>

namespace heliograph::firmware {
namespace {

constexpr const char* variable = "HELIOGRAPH_CAM_RESET";

std::string number_of(protocol::ResetReason reason) {
  return std::to_string(static_cast<int>(reason));
}

}  // namespace

protocol::ResetReason reset_reason() {
  const char* told = std::getenv(variable);  // NOLINT(concurrency-mt-unsafe): set before the start only
  const std::string_view text(told == nullptr ? "" : told);
  for (const auto reason :
       {protocol::ResetReason::software, protocol::ResetReason::panic, protocol::ResetReason::watchdog}) {
    if (text == number_of(reason)) return reason;
  }
  return protocol::ResetReason::power_on;
}

std::string reset_variable(protocol::ResetReason reason) {
  return std::string(variable) + "=" + number_of(reason);
}

void restart(char* const* argv) {
  const Environment environment({reset_variable(protocol::ResetReason::software)});
  // The file that runs, also when its name leads to another by now.
  ::execve("/proc/self/exe", argv, environment.pointers());
  throw std::system_error(errno, std::generic_category(), "the program could not be started anew");
}

}  // namespace heliograph::firmware
