#include "server/http/api/routes.hpp"

#include "protocol/upload.hpp"
#include "server/http/api/handlers.hpp"

#include <iterator>

namespace heliograph::http {

std::vector<Route> make_routes(Services& services) {
  using Serve = Task<Response> (*)(Services&, Request&);
  // A plain function behind it, not a coroutine lambda: nothing is captured that the coroutine would outlive.
  const auto to = [&services](Serve serve) {
    return Handler([&services, serve](Request& request) { return serve(services, request); });
  };
  std::vector<Route> routes{
      {Method::get, "/api/v1/cameras", 0, to(list_cameras)},
      {Method::get, "/api/v1/cameras/{id}/health", 0, to(get_camera_health)},
      {Method::get, "/api/v1/cameras/{id}/quarantine", 0, to(list_quarantine)},
      {Method::get, "/api/v1/quarantine/{id}", 0, to(get_quarantined)},
      {Method::del, "/api/v1/quarantine/{id}", 0, to(delete_quarantined)},
      {Method::get, "/api/v1/quarantine/{id}/bytes", 0, to(get_quarantined_bytes)},
      {Method::get, "/api/v1/histogram", 0, to(get_histogram)},
      {Method::get, "/api/v1/images", 0, to(list_images)},
      {Method::get, "/api/v1/images/{id}", 0, to(get_image)},
      {Method::get, "/api/v1/changes", 0, to(follow_changes)},
      {Method::get, "/uploads/{filename}", 0, to(get_original)},
      {Method::get, "/thumbnails/{filename}", 0, to(get_thumbnail)},
      {Method::post, "/upload", max_upload_bytes, to(upload_raw)},
      {Method::post, std::string(protocol::images_path), max_upload_bytes, to(upload_image)},
      {Method::get, "/healthz", 0, to(get_health)},
      {Method::get, "/readyz", 0, to(get_readiness)},
      {Method::get, "/metrics", 0, to(get_metrics)},
      {Method::get, "/api/openapi.yaml", 0, to(get_contract)},
  };
  auto dashboard = dashboard_routes();
  routes.insert(routes.end(), std::make_move_iterator(dashboard.begin()),
                std::make_move_iterator(dashboard.end()));
  return routes;
}

}  // namespace heliograph::http
