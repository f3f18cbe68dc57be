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

// Calls `commit` with a Done, and waits for its answer. unavailable when that takes too long; the picture's
// bytes are `held` until the answer all the same.
Task<Result<ingest::Receipt>> await_receipt(Backlog::Held held,
                                            std::function<void(ingest::Ingestor::Done)> commit);

// The fields `id`, `filename` and `duplicate`.
void write_stored(JsonWriter& json, const ingest::Receipt& receipt);

}  // namespace heliograph::http
