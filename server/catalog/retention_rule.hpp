// What a rule of retention must be like.
#pragma once

#include "server/base/error.hpp"
#include "server/catalog/facts.hpp"

namespace heliograph::catalog {

// bad_request, in words for whoever sets it. The schema checks the same, but says it in its own. Pure.
Result<void> check_rule(const RetentionRule& rule);

}  // namespace heliograph::catalog
