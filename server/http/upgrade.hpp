// The handshake of a WebSocket (RFC 6455, §4.2), as the server sees it. Pure.
#pragma once

#include "server/http/http.hpp"

#include <string>

namespace heliograph::http {

// What Sec-WebSocket-Accept must say; bad_request when this is no request for a WebSocket of version 13.
Result<std::string> accept_upgrade(const Request& request);

}  // namespace heliograph::http
