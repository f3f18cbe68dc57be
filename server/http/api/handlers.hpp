// The handlers, by the part of the API they belong to. Each takes the request by a reference that the session
// keeps alive until the response is sent.
#pragma once

#include "server/http/api/dialects.hpp"
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

// retention.cpp
Task<Response> get_retention(Services& services, Request& request);
Task<Response> get_camera_retention(Services& services, Request& request);
Task<Response> put_retention(Services& services, Request& request);     // of all, or of {camera}
Task<Response> delete_retention(Services& services, Request& request);  // the same
Task<Response> preview_retention(Services& services, Request& request);
Task<Response> put_star(Services& services, Request& request);
Task<Response> delete_star(Services& services, Request& request);

// storage.cpp
Task<Response> get_storage(Services& services, Request& request);

// uploads.cpp
// `dialect` is one of the table: it outlives every request.
Task<Response> upload_in_dialect(Services& services, const Dialect& dialect, Request& request);
Task<Response> upload_image(Services& services, Request& request);

// tus.cpp
Task<Response> describe_uploads(Services& services, Request& request);
Task<Response> create_upload(Services& services, Request& request);
Task<Response> ask_upload(Services& services, Request& request);
Task<Response> append_upload(Services& services, Request& request);
Task<Response> remove_upload(Services& services, Request& request);
Task<Response> override_upload(Services& services, Request& request);

// operation.cpp
Task<Response> get_health(Services& services, Request& request);
Task<Response> get_readiness(Services& services, Request& request);
Task<Response> get_metrics(Services& services, Request& request);
Task<Response> get_contract(Services& services, Request& request);

// dashboard.cpp
std::vector<Route> dashboard_routes();

}  // namespace heliograph::http
