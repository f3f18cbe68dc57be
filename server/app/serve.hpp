// The server's life: everything that runs, built in order and stopped in reverse.
#pragma once

#include "server/app/config.hpp"
#include "server/base/error.hpp"
#include "server/base/log.hpp"

namespace heliograph::app {

// Runs until SIGTERM or SIGINT, then drains and stops within ten seconds; a second signal ends it at once.
// Must be called before any other thread exists, because it blocks the signals for all of them. An Error
// tells why it could not start.
Result<void> serve(const Config& config, Log& log);

}  // namespace heliograph::app
