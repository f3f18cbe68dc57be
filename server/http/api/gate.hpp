// Who comes in: from a request to a Visitor, or to a refusal. Every route of the API passes here, or says
// that it is for anyone.
#pragma once

#include "server/accounts/visitor.hpp"
#include "server/http/api/routes.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace heliograph::http {

// Cookies: the prefix makes a browser refuse one that came without TLS or for another host. Over plain HTTP,
// which is this machine only, there is no such thing.
std::string_view session_cookie(bool secure);
// The session's token in the request's cookie.
std::optional<std::string> session_in_cookie(const Request& request);
// The value of the cookie of this name, as it was sent.
std::optional<std::string> read_cookie(const Request& request, std::string_view name);
// As it goes into Set-Cookie: for this host only, unseen by scripts, and not sent with what another site's
// page loads or posts. No life: the browser forgets it at once.
std::string write_cookie(const Request& request, std::string_view name, std::string_view value,
                         std::chrono::seconds life);

// What a page of ours sends in X-CSRF-Token with whatever it changes: a page of another origin can make the
// browser send the cookie, but cannot know this.
std::string csrf_token(std::string_view session_token);

// A request that changes something must come from a page of ours: forbidden when its browser says that it
// does not (Sec-Fetch-Site, or Origin where that is unknown). Programs say neither. Pure.
Result<void> check_origin(const Request& request);

// unauthorized: nobody that is known. forbidden: a page of another origin, or not among what the access asks
// for.
Task<Result<accounts::Visitor>> admit(Services& services, const Request& request, Access access);

// May the visitor do this with the camera? `missing` when they may not even see it: what one may not see is
// not there. forbidden when they may.
Result<void> allow(const accounts::Visitor& visitor, accounts::Right right, CameraId camera,
                   const Error& missing);
// The camera that `text` names, if the visitor may do this with it. Errors as above.
Result<CameraId> allowed_camera(const accounts::Visitor& visitor, accounts::Right right,
                                const std::string& text);

}  // namespace heliograph::http
