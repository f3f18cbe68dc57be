// What an upload's headers say, read before its body. Pure.
#pragma once

#include "server/http/http.hpp"
#include "server/ingest/upload.hpp"

#include <optional>
#include <string>

namespace heliograph::http {

// The key of `Authorization: Bearer KEY` (or `Token KEY`) or `X-API-Key: KEY`; nullopt when there is none.
// bad_request for another kind of authorisation.
Result<std::optional<std::string>> read_key(const Request& request);

// Refuses what cannot be a picture before its body is read: unsupported for types that say so (a form, JSON,
// text), bad_request when there is no body at all. The bytes decide about everything else.
Result<void> check_body(const Request& request);

// What a camera tells of its picture in `Heliograph-…` headers; the camera itself is not filled in.
// bad_request, naming the header.
Result<ingest::ImageUpload> read_device_headers(const Request& request);

// Does the sender want JSON?
bool wants_json(const Request& request);

}  // namespace heliograph::http
