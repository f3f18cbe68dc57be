// The group that a camera is to be in, as a request says it.
#pragma once

#include "server/catalog/groups.hpp"
#include "server/http/api/json_body.hpp"

#include <optional>

namespace heliograph::http {

// The member `group`; none: it is to be in none. not_found: it is no id.
Result<std::optional<GroupId>> read_group(const boost::json::object& body);

// Before a camera is made that is to be in it. not_found.
Result<void> check_group(catalog::Catalog& catalog, std::optional<GroupId> group);

// After. not_found: it was removed this moment.
Result<void> put_into(catalog::Catalog& catalog, CameraId camera, std::optional<GroupId> group);

}  // namespace heliograph::http
