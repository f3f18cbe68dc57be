// The configuration that is in force, for its owner to read.
#pragma once

#include "server/app/config.hpp"
#include "server/http/api/measured.hpp"

#include <vector>

namespace heliograph::app {

// Every setting of the file in the file's order, whether it was set or not. Secrets are left out: the
// password in the address of a database, and what files hold.
std::vector<http::EffectiveSetting> effective_settings(const Config& config);

// "postgresql://heliograph:…@db/heliograph"
std::string without_password(const std::string& address);

}  // namespace heliograph::app
