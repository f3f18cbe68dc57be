// What browsers send with a request by themselves, whoever had them make it: cookies, a password that was
// typed into their own dialog, and whose page it was. Pure.
#pragma once

#include "server/http/http.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace heliograph::http {

// Cookies: the prefix makes a browser refuse one that came without TLS or for another host. Over plain HTTP,
// which is this machine only, there is no such thing.
std::string_view session_cookie(bool secure);
// The first cookie of this name; nullopt: there is none.
std::optional<std::string> cookie_value(const Request& request, std::string_view name);
// As it goes into Set-Cookie: for this host only, unseen by scripts, and not sent with what another site's
// page loads or posts. No life: the browser forgets it at once.
std::string write_cookie(const Request& request, std::string_view name, std::string_view value,
                         std::chrono::seconds life);
// The session's token in the request's cookie.
std::optional<std::string> session_in_cookie(const Request& request);

// The password of `Authorization: Basic` (RFC 7617), whatever the name; nullopt: there is none.
std::optional<std::string> basic_password(const Request& request);

// A request that changes something must come from a page of ours: forbidden when its browser says that it
// does not (Sec-Fetch-Site, or Origin where that is unknown). Programs say neither.
Result<void> check_origin(const Request& request);

}  // namespace heliograph::http
