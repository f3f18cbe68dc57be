// What is answered without TLS beside a server that has it: an ACME client's proof, and the way to https.
#pragma once

#include "server/http/http.hpp"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace heliograph::http {

// `webroot`: where an ACME client (RFC 8555, HTTP-01) puts its proofs, below .well-known/acme-challenge.
// Empty: there is none. Browsers are sent to the same address at https; anything else, such as an upload, is
// refused: its key has been sent in clear already, and following a redirect would hide that from whoever set
// the camera up.
std::vector<Route> plain_routes(const std::filesystem::path& webroot, std::uint16_t https_port);

}  // namespace heliograph::http
