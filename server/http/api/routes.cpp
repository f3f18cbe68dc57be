#include "server/http/api/routes.hpp"

#include "protocol/upload.hpp"
#include "server/http/api/handlers.hpp"
#include "server/http/api/retention_json.hpp"

#include <iterator>
#include <utility>

namespace heliograph::http {

std::vector<Route> make_routes(Services& services) {
  using Serve = Task<Response> (*)(Services&, Request&);
  // A plain function behind it, not a coroutine lambda: nothing is captured that the coroutine would outlive.
  const auto to = [&services](Serve serve) {
    return Handler([&services, serve](Request& request) { return serve(services, request); });
  };
  const std::string uploads(protocol::uploads_path);
  const std::string one_upload = uploads + "/{id}";
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
      {Method::put, "/api/v1/images/{id}/star", 0, to(put_star)},
      {Method::del, "/api/v1/images/{id}/star", 0, to(delete_star)},
      {Method::get, "/api/v1/retention", 0, to(get_retention)},
      {Method::put, "/api/v1/retention", max_rule_bytes, to(put_retention)},
      {Method::del, "/api/v1/retention", 0, to(delete_retention)},
      {Method::get, "/api/v1/retention/preview", 0, to(preview_retention)},
      {Method::get, "/api/v1/retention/{camera}", 0, to(get_camera_retention)},
      {Method::put, "/api/v1/retention/{camera}", max_rule_bytes, to(put_retention)},
      {Method::del, "/api/v1/retention/{camera}", 0, to(delete_retention)},
      {Method::get, "/api/v1/storage", 0, to(get_storage)},
      {Method::get, "/api/v1/changes", 0, to(follow_changes)},
      {Method::get, "/uploads/{filename}", 0, to(get_original)},
      {Method::get, "/thumbnails/{filename}", 0, to(get_thumbnail)},
      {Method::post, std::string(protocol::images_path), max_upload_bytes, to(upload_image)},
      {Method::options, uploads, 0, to(describe_uploads)},
      {Method::post, uploads, max_upload_bytes, to(create_upload)},
      {Method::options, one_upload, 0, to(describe_uploads)},
      {Method::head, one_upload, 0, to(ask_upload)},
      {Method::patch, one_upload, max_upload_bytes, to(append_upload)},
      {Method::del, one_upload, 0, to(remove_upload)},
      {Method::post, one_upload, max_upload_bytes, to(override_upload)},
      {Method::get, "/healthz", 0, to(get_health)},
      {Method::get, "/readyz", 0, to(get_readiness)},
      {Method::get, "/metrics", 0, to(get_metrics)},
      {Method::get, "/api/openapi.yaml", 0, to(get_contract)},
  };
  for (const Dialect& dialect : dialects()) {
    Handler serve = [&services, &dialect](Request& request) {
      return upload_in_dialect(services, dialect, request);
    };
    routes.push_back({dialect.method, std::string(dialect.pattern), max_upload_bytes, std::move(serve)});
  }
  auto dashboard = dashboard_routes();
  routes.insert(routes.end(), std::make_move_iterator(dashboard.begin()),
                std::make_move_iterator(dashboard.end()));
  return routes;
}

}  // namespace heliograph::http
