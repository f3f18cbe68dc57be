// Whether a running server shows an ACME client's proofs: asked before the authority asks, which counts
// failures and lets nobody try again for an hour.
#pragma once

#include "server/app/config.hpp"
#include "server/base/error.hpp"

#include <filesystem>

namespace heliograph::app {

// Lays a proof into the webroot, fetches it from this machine's listener and removes it. Blocks for ten
// seconds at most. unavailable, with what to do, when another comes, or none.
Result<void> check_proofs(const Endpoint& listener, const std::filesystem::path& webroot);

}  // namespace heliograph::app
