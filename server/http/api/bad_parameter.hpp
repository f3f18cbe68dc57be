// What a query is told that cannot be read.
#pragma once

#include "server/base/error.hpp"

#include <string>
#include <string_view>

namespace heliograph::http {

inline Error bad_parameter(std::string_view name, std::string_view must_be) {
  return {ErrorKind::bad_request, "the query's `" + std::string(name) + "` must be " + std::string(must_be)};
}

}  // namespace heliograph::http
