// What push services know this server by.
#pragma once

#include "server/catalog/push.hpp"

namespace heliograph::http {

// The key there is, made now if there is none.
Result<catalog::PushKey> push_key(catalog::Catalog& catalog);

}  // namespace heliograph::http
