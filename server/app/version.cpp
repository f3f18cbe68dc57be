#include "server/app/version.hpp"

namespace heliograph::app {

std::string version() {
  return HELIOGRAPH_VERSION;
}

}  // namespace heliograph::app
