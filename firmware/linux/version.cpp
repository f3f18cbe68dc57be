#include "firmware/linux/version.hpp"

namespace heliograph::firmware {

std::string_view program_version() {
  return HELIOGRAPH_VERSION;
}

std::string_view program_model() {
  return "heliograph-cam-" HELIOGRAPH_PROCESSOR;
}

std::uint32_t program_security() {
  return 1;
}

}  // namespace heliograph::firmware
