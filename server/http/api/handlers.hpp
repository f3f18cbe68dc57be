// The handlers, by the part of the API they belong to. Each takes the request by a reference that the session
// keeps alive until the response is sent.
#pragma once

#include "server/http/api/routes.hpp"

namespace heliograph::http {

// gallery.cpp
Task<Response> list_cameras(Services& services, Request& request);
Task<Response> get_histogram(Services& services, Request& request);
Task<Response> list_images(Services& services, Request& request);
Task<Response> get_image(Services& services, Request& request);

// quarantine.cpp
Task<Response> list_quarantine(Services& services, Request& request);
Task<Response> get_quarantined(Services& services, Request& request);
Task<Response> get_quarantined_bytes(Services& services, Request& request);
Task<Response> delete_quarantined(Services& services, Request& request);

// health.cpp
Task<Response> get_camera_health(Services& services, Request& request);

// media.cpp
Task<Response> get_original(Services& services, Request& request);
Task<Response> get_thumbnail(Services& services, Request& request);

// changes.cpp
Task<Response> follow_changes(Services& services, Request& request);

// uploads.cpp
Task<Response> upload_raw(Services& services, Request& request);
Task<Response> upload_image(Services& services, Request& request);

// operation.cpp
Task<Response> get_health(Services& services, Request& request);
Task<Response> get_readiness(Services& services, Request& request);
Task<Response> get_metrics(Services& services, Request& request);
Task<Response> get_contract(Services& services, Request& request);

// dashboard.cpp
std::vector<Route> dashboard_routes();

}  // namespace heliograph::http
