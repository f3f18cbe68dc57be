// api/openapi.yaml, as it was when this program was built.
#pragma once

#include <string_view>

namespace heliograph::http {

std::string_view contract_yaml();

}  // namespace heliograph::http
