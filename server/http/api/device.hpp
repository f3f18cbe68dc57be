// What the routes of cameras share.
#pragma once

#include "server/http/api/routes.hpp"
#include "server/http/json.hpp"

#include <functional>
#include <string>

namespace heliograph::http {

// Whose key this is. unauthorized.
Task<Result<catalog::Camera>> authenticate(Services& services, std::string key);

// Says how a key is sent.
Error key_missing();

// Calls `commit` with a Done, and waits for its answer. unavailable when that takes too long.
Task<Result<ingest::Receipt>> await_receipt(std::function<void(ingest::Ingestor::Done)> commit);

// The fields `id`, `filename` and `duplicate`.
void write_stored(JsonWriter& json, const ingest::Receipt& receipt);

}  // namespace heliograph::http
