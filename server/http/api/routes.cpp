#include "server/http/api/routes.hpp"

#include "protocol/link.hpp"
#include "protocol/manifest.hpp"
#include "protocol/upload.hpp"
#include "server/cameras/flash_image.hpp"
#include "server/cameras/fleet_csv.hpp"
#include "server/cameras/signed_image.hpp"
#include "server/http/api/findings_input.hpp"
#include "server/http/api/gate.hpp"
#include "server/http/api/handlers.hpp"
#include "server/http/api/retention_json.hpp"
#include "server/http/api/selection.hpp"

#include <iterator>
#include <utility>
#include <variant>

namespace heliograph::http {
namespace {

using Open = Task<Response> (*)(Services&, Request&);
// Whoever asks for a visitor gets one that the access lets in; whoever does not cannot show what is theirs.
using Guarded = Task<Response> (*)(Services&, Request&, const accounts::Visitor&);

struct Entry {
  Method method;
  std::string pattern;
  std::uint64_t max_body_bytes;
  Access access;
  std::variant<Open, Guarded> serve;
};

// Handlers are plain functions, not coroutine lambdas: nothing is captured that the coroutine would outlive.
std::vector<Entry> table() {
  using enum Method;
  using enum Access;
  const std::string uploads(protocol::uploads_path);
  const std::string one_upload = uploads + "/{id}";
  return {
      {get, "/api/v1/cameras", 0, view, list_cameras},
      {post, "/api/v1/cameras", max_json_bytes, administer_all, add_camera},
      {post, "/api/v1/cameras/import", cameras::max_fleet_bytes, administer_all, import_cameras},
      {patch, "/api/v1/cameras/{id}", max_json_bytes, administer, change_camera},
      {del, "/api/v1/cameras/{id}", 0, administer, remove_camera},
      {post, "/api/v1/cameras/{id}/key", max_json_bytes, administer, rotate_camera_key},
      {get, "/api/v1/cameras/{id}/health", 0, view, get_camera_health},
      {put, "/api/v1/cameras/{id}/place", max_json_bytes, operate, put_camera_place},
      {del, "/api/v1/cameras/{id}/place", 0, operate, delete_camera_place},
      {get, "/api/v1/fleet", 0, view, get_fleet},
      {get, "/api/v1/alerts", 0, view, list_alerts},
      {get, "/api/v1/map", 0, view, get_map},
      {get, "/api/v1/cameras/{id}/quarantine", 0, view, list_quarantine},
      {put, "/api/v1/cameras/{id}/group", max_json_bytes, administer_all, put_camera_group},
      {get, "/api/v1/cameras/{id}/commands", 0, view, list_commands},
      {post, "/api/v1/cameras/{id}/commands", max_json_bytes, operate, send_command},
      {get, "/api/v1/cameras/{id}/commands/{command}", 0, view, get_command},
      {del, "/api/v1/cameras/{id}/commands/{command}", 0, operate, cancel_command},
      {get, "/api/v1/cameras/{id}/settings", 0, view, get_camera_settings},
      {put, "/api/v1/cameras/{id}/settings", max_json_bytes, operate, put_camera_settings},
      {post, "/api/v1/cameras/{id}/snapshots", max_json_bytes, operate, keep_live_picture},
      {get, "/api/v1/cameras/{id}/telemetry", 0, view, get_telemetry},
      {get, "/api/v1/cameras/{id}/telemetry/export", 0, view, export_telemetry},
      {get, "/api/v1/cameras/{id}/nearest", 0, view, get_nearest_images},
      {get, "/api/v1/cameras/{id}/log", 0, operate, get_camera_log},
      {get, "/api/v1/releases", 0, administer_all, list_releases},
      {post, "/api/v1/releases", cameras::max_signed_image, administer_all, add_release},
      {del, "/api/v1/releases/{id}", 0, administer_all, remove_release},
      {get, "/api/v1/flash-images", 0, administer_all, list_flash_images},
      {put, "/api/v1/releases/{id}/flash-image", cameras::max_flash_image, administer_all, put_flash_image},
      {get, "/api/v1/releases/{id}/flash-image", 0, administer_all, get_flash_image},
      {get, "/api/v1/rollouts", 0, administer_all, list_rollouts},
      {post, "/api/v1/rollouts", max_json_bytes, administer_all, start_rollout},
      {get, "/api/v1/rollouts/{id}", 0, administer_all, get_rollout},
      {post, "/api/v1/rollouts/{id}/advance", 0, administer_all, advance_rollout},
      {post, "/api/v1/rollouts/{id}/halt", 0, administer_all, halt_rollout},
      {get, "/api/v1/claims", 0, administer_all, list_claims},
      {post, "/api/v1/claims", max_json_bytes, administer_all, accept_claim},
      {get, "/api/v1/quarantine/{id}", 0, view, get_quarantined},
      {del, "/api/v1/quarantine/{id}", 0, operate, delete_quarantined},
      {get, "/api/v1/quarantine/{id}/bytes", 0, view, get_quarantined_bytes},
      {get, "/api/v1/histogram", 0, view, get_histogram},
      {get, "/api/v1/images", 0, view, list_images},
      {get, "/api/v1/images/{id}", 0, view, get_image},
      {put, "/api/v1/images/{id}/star", 0, operate, put_star},
      {del, "/api/v1/images/{id}/star", 0, operate, delete_star},
      {put, "/api/v1/images/{id}/note", max_json_bytes, operate, put_note},
      {put, "/api/v1/images/{id}/detections", max_findings_bytes, operate, put_detections},
      {get, "/api/v1/labels", 0, view, list_labels},
      {post, "/api/v1/stars", max_json_bytes, operate, star_images},
      {get, "/api/v1/tags", 0, view, list_tags},
      {post, "/api/v1/tags", max_json_bytes, operate, tag_images},
      {get, "/api/v1/trash", 0, operate, list_trash},
      {post, "/api/v1/trash", max_json_bytes, operate, put_in_trash},
      {del, "/api/v1/trash", 0, administer, empty_trash},
      {post, "/api/v1/trash/restore", max_json_bytes, operate, restore_images},
      {post, "/api/v1/archives", max_wish_bytes, view, prepare_archive},
      {get, "/api/v1/archives/{id}", 0, view, get_archive},
      {get, "/api/v1/exports/images", 0, view, export_images},
      {post, "/api/v1/exports/images", max_wish_bytes, view, export_chosen_images},
      {get, "/api/v1/retention", 0, view, get_retention},
      {put, "/api/v1/retention", max_rule_bytes, administer_all, put_retention},
      {del, "/api/v1/retention", 0, administer_all, delete_retention},
      {get, "/api/v1/retention/preview", 0, administer_all, preview_retention},
      {post, "/api/v1/retention/preview", max_rule_bytes, administer_all, preview_retention_change},
      {get, "/api/v1/retention/{camera}", 0, view, get_camera_retention},
      {put, "/api/v1/retention/{camera}", max_rule_bytes, administer, put_retention},
      {del, "/api/v1/retention/{camera}", 0, administer, delete_retention},
      {get, "/api/v1/storage", 0, view, get_storage},
      {get, "/api/v1/system", 0, administer_all, get_system},
      {get, "/api/v1/changes", 0, view, follow_changes},
      {get, "/api/v1/live", 0, view, follow_live},
      {get, "/live/{filename}", 0, view, get_live_picture},
      {get, "/uploads/{filename}", 0, view, get_original},
      {get, "/thumbnails/{filename}", 0, view, get_thumbnail},

      {post, "/api/v1/setup", max_json_bytes, anyone, set_up},
      {get, "/api/v1/session", 0, anyone, get_session},
      {post, "/api/v1/session", max_json_bytes, anyone, sign_in},
      {del, "/api/v1/session", 0, session, sign_out},
      {post, "/api/v1/link", max_json_bytes, anyone, look_at_link},
      {put, "/api/v1/link", max_json_bytes, anyone, use_link},
      {post, "/api/v1/openid/begin", max_json_bytes, anyone, begin_openid},
      {post, "/api/v1/openid/connect", max_json_bytes, session, connect_openid},
      {get, "/api/v1/openid/callback", 0, anyone, finish_openid},
      {get, "/api/v1/identities", 0, session, list_identities},
      {del, "/api/v1/identities/{id}", 0, session, delete_identity},
      {get, "/api/v1/sessions", 0, session, list_sessions},
      {del, "/api/v1/sessions", 0, session, end_other_sessions},
      {del, "/api/v1/sessions/{id}", 0, session, end_session},
      {put, "/api/v1/password", max_json_bytes, session, put_password},
      {post, "/api/v1/second-factor", max_json_bytes, session, begin_second_factor},
      {put, "/api/v1/second-factor", max_json_bytes, session, confirm_second_factor},
      {post, "/api/v1/second-factor/removal", max_json_bytes, session, remove_second_factor},
      {get, "/api/v1/tokens", 0, session, list_tokens},
      {post, "/api/v1/tokens", max_json_bytes, session, make_api_token},
      {del, "/api/v1/tokens/{id}", 0, session, delete_token},
      {get, "/api/v1/push", 0, session, get_push},
      {post, "/api/v1/push", max_json_bytes, session, add_push},
      {patch, "/api/v1/push/{id}", max_json_bytes, session, change_push},
      {del, "/api/v1/push/{id}", 0, session, remove_push},
      {post, "/api/v1/push/{id}/try", 0, session, try_push},
      {get, "/api/v1/people", 0, administer_all, list_people},
      {post, "/api/v1/people", max_json_bytes, administer_all, invite_person},
      {del, "/api/v1/people/{id}", 0, administer_all, delete_person},
      {put, "/api/v1/people/{id}/grants", max_json_bytes, administer_all, put_grants},
      {post, "/api/v1/people/{id}/link", 0, administer_all, make_link},
      {del, "/api/v1/people/{id}/second-factor", 0, administer_all, reset_second_factor},
      {get, "/api/v1/groups", 0, administer_all, list_groups},
      {post, "/api/v1/groups", max_json_bytes, administer_all, add_group},
      {put, "/api/v1/groups/{id}", max_json_bytes, administer_all, rename_group},
      {del, "/api/v1/groups/{id}", 0, administer_all, delete_group},
      {get, "/api/v1/audit", 0, administer_all, list_audit},

      {get, "/api/v1/shares", 0, operate, list_shares},
      {post, "/api/v1/shares", max_json_bytes, operate, make_share},
      {del, "/api/v1/shares/{id}", 0, operate, delete_share},
      {post, "/api/v1/shared", max_json_bytes, anyone, open_share},
      {get, "/api/v1/shared/{share}", 0, share, get_shared},
      {get, "/api/v1/shared/{share}/histogram", 0, share, get_shared_histogram},
      {get, "/api/v1/shared/{share}/images", 0, share, list_shared_images},
      {get, "/api/v1/shared/{share}/live", 0, share, follow_shared_live},
      {get, "/api/v1/shared/{share}/live.mjpeg", 0, share, get_shared_live_film},
      {get, "/api/v1/shared/{share}/live.jpg", 0, share, get_shared_live_picture},
      {get, "/api/v1/shared/{share}/originals/{filename}", 0, share, get_shared_original},
      {get, "/api/v1/shared/{share}/thumbnails/{filename}", 0, share, get_shared_thumbnail},

      {get, std::string(protocol::trust_path), 0, anyone, get_trust},
      {post, std::string(protocol::claim_path), max_json_bytes, anyone, announce_camera},
      {post, std::string(protocol::images_path), max_upload_bytes, camera, upload_image},
      {get, std::string(protocol::link_path), 0, camera, open_link},
      {post, std::string(protocol::heartbeat_path), max_json_bytes, camera, take_heartbeat},
      {get, std::string(protocol::firmware_path) + "/{id}", 0, camera, get_firmware},
      {post, std::string(protocol::log_path), protocol::max_log_length, camera, take_log},
      {post, "/api/stream.mjpeg", endless_body, camera, take_film},
      {options, uploads, 0, camera, describe_uploads},
      {post, uploads, max_upload_bytes, camera, create_upload},
      {options, one_upload, 0, camera, describe_uploads},
      {head, one_upload, 0, camera, ask_upload},
      {patch, one_upload, max_upload_bytes, camera, append_upload},
      {del, one_upload, 0, camera, remove_upload},
      {post, one_upload, max_upload_bytes, camera, override_upload},

      {get, "/healthz", 0, anyone, get_health},
      {get, "/readyz", 0, anyone, get_readiness},
      {get, "/metrics", 0, view_all, get_metrics},
      {get, "/api/openapi.yaml", 0, anyone, get_contract},
  };
}

Task<Response> guard(Services& services, Access access, Guarded serve, Request& request) {
  const auto visitor = co_await admit(services, request, access);
  if (!visitor) co_return problem_response(visitor.error());
  co_return co_await serve(services, request, *visitor);
}

bool is_for_cameras(const Route& route) {
  for (const Admission& admission : admissions()) {
    if (admission.method == route.method && admission.pattern == route.pattern)
      return admission.access == Access::camera;
  }
  return false;
}

Handler handler_of(Services& services, const Entry& entry) {
  if (const auto* open = std::get_if<Open>(&entry.serve)) {
    return [&services, serve = *open](Request& request) { return serve(services, request); };
  }
  return [&services, access = entry.access, serve = std::get<Guarded>(entry.serve)](Request& request) {
    return guard(services, access, serve, request);
  };
}

}  // namespace

std::string_view to_string(Access access) {
  switch (access) {
    case Access::anyone:
      return "anyone";
    case Access::camera:
      return "camera";
    case Access::share:
      return "share";
    case Access::session:
      return "session";
    case Access::view:
      return "view";
    case Access::operate:
      return "operate";
    case Access::administer:
      return "administer";
    case Access::view_all:
      return "view-all";
    case Access::administer_all:
      break;
  }
  return "administer-all";
}

std::vector<Admission> admissions() {
  std::vector<Admission> admissions;
  for (const Entry& entry : table()) admissions.push_back({entry.method, entry.pattern, entry.access});
  for (const Dialect& dialect : dialects()) {
    admissions.push_back({dialect.method, std::string(dialect.pattern), Access::camera});
  }
  return admissions;
}

std::vector<Route> camera_routes(std::vector<Route> routes) {
  std::erase_if(routes, [](const Route& route) { return !is_for_cameras(route); });
  return routes;
}

bool may_come_in_clear(const Route& route) {
  const bool health = route.pattern == "/healthz" || route.pattern == "/readyz";
  return is_for_cameras(route) || (route.method == Method::get && health);
}

std::vector<Route> make_routes(Services& services) {
  std::vector<Route> routes;
  for (const Entry& entry : table()) {
    routes.push_back({entry.method, entry.pattern, entry.max_body_bytes, handler_of(services, entry)});
  }
  for (const Dialect& dialect : dialects()) {
    Handler serve = [&services, &dialect](Request& request) {
      return upload_in_dialect(services, dialect, request);
    };
    routes.push_back({dialect.method, std::string(dialect.pattern), max_upload_bytes, std::move(serve)});
  }
  auto dashboard = dashboard_routes(services.map.origin);
  routes.insert(routes.end(), std::make_move_iterator(dashboard.begin()),
                std::make_move_iterator(dashboard.end()));
  return routes;
}

}  // namespace heliograph::http
