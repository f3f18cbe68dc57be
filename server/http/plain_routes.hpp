// What is answered without TLS: beside a server that has it, an ACME client's proof and the way to https; on
// a server that is reached through a proxy, the proxy's questions.
#pragma once

#include "server/http/http.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

namespace heliograph::http {

// `webroot`: where an ACME client (RFC 8555, HTTP-01) puts its proofs, below .well-known/acme-challenge.
// Empty: there is none. Browsers are sent to the same address at https; anything else, such as an upload, is
// refused: its key has been sent in clear already, and following a redirect would hide that from whoever set
// the camera up.
std::vector<Route> plain_routes(const std::filesystem::path& webroot, std::uint16_t https_port);

// The same routes, which answer 403 to whoever asks in clear from beyond this machine, for the same reason:
// by a proxy that has no TLS either, or past it. They are not sent to https, since only a proxy can know
// where that is, and one that forgets to say X-Forwarded-Proto would send them round in circles. Those that
// are `in_clear` answer all the same.
std::vector<Route> only_securely(std::vector<Route> routes,
                                 const std::function<bool(const Route&)>& in_clear);

}  // namespace heliograph::http
