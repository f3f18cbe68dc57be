// Live pictures, for whoever has been found to be allowed to see them: what the routes of those who sign in
// and those of shares have in common.
#pragma once

#include "server/accounts/accounts.hpp"
#include "server/http/api/routes.hpp"

#include <chrono>
#include <functional>
#include <memory>

namespace heliograph::http {

// A view outlives what it began with: so often it is asked whether that still holds.
inline constexpr std::chrono::seconds admission_lasts{10};

// How long whoever watches may wait, in whole milliseconds: 0 when `then` is past.
std::chrono::milliseconds time_until(SteadyTime then, SteadyTime now);

// What somebody may do with which camera, as of now.
using Sight = std::function<bool(accounts::Right, CameraId)>;

// Those who watch. Copied into what they are sent by.
struct Audience {
  // Asks again. An error: they may not come in any more.
  std::function<Task<Result<Sight>>()> admit;
  accounts::Actor actor;  // whom the audit log names
  // Whether what the camera wrote besides the pixels is for them.
  bool metadata = true;
};

// By the session's cookie or the token that the request came with.
Audience visitors(Services& services, const Request& request, const accounts::Visitor& visitor);

// What a request is asked again by, when it is over: its captures and headers.
std::shared_ptr<const Request> kept_request(const Request& request);

// Whether anybody brings its pictures now: its link, or a film that is pushed.
bool on_air(const Services& services, CameraId camera);

// The frame as it is for them; null: it cannot be cleaned, and is not shown.
std::shared_ptr<const live::Frame> shown_to(const Audience& audience,
                                            std::shared_ptr<const live::Frame> frame);

// Each looks at the request's `fps` and `width`, and the picture at `wait` and If-None-Match as well.
// live_pictures.cpp
Task<Response> live_film(Services& services, const Request& request, CameraId camera, Audience audience);
Task<Response> live_picture(Services& services, const Request& request, CameraId camera, Audience audience);
// live_socket.cpp. `sight`: with which they come in. forbidden: it is another site's page.
Response live_socket(Services& services, const Request& request, Audience audience, Sight sight);

}  // namespace heliograph::http
