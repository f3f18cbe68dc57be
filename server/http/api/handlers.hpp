// The handlers, by the part of the API they belong to. Each takes the request by a reference that the session
// keeps alive until the response is sent.
#pragma once

#include "server/accounts/visitor.hpp"
#include "server/http/api/dialects.hpp"
#include "server/http/api/routes.hpp"

namespace heliograph::http {

using accounts::Visitor;

// gallery.cpp
Task<Response> list_cameras(Services& services, Request& request, const Visitor& visitor);
Task<Response> get_histogram(Services& services, Request& request, const Visitor& visitor);
Task<Response> list_images(Services& services, Request& request, const Visitor& visitor);
Task<Response> get_image(Services& services, Request& request, const Visitor& visitor);

// camera_keys.cpp
Task<Response> add_camera(Services& services, Request& request, const Visitor& visitor);
Task<Response> change_camera(Services& services, Request& request, const Visitor& visitor);
Task<Response> remove_camera(Services& services, Request& request, const Visitor& visitor);
Task<Response> rotate_camera_key(Services& services, Request& request, const Visitor& visitor);

// claims.cpp
Task<Response> announce_camera(Services& services, Request& request);
Task<Response> list_claims(Services& services, Request& request, const Visitor& visitor);
Task<Response> accept_claim(Services& services, Request& request, const Visitor& visitor);

// fleet.cpp
Task<Response> get_fleet(Services& services, Request& request, const Visitor& visitor);

// fleet_import.cpp
Task<Response> import_cameras(Services& services, Request& request, const Visitor& visitor);

// alerts.cpp
Task<Response> list_alerts(Services& services, Request& request, const Visitor& visitor);

// quarantine.cpp
Task<Response> list_quarantine(Services& services, Request& request, const Visitor& visitor);
Task<Response> get_quarantined(Services& services, Request& request, const Visitor& visitor);
Task<Response> get_quarantined_bytes(Services& services, Request& request, const Visitor& visitor);
Task<Response> delete_quarantined(Services& services, Request& request, const Visitor& visitor);

// map.cpp
Task<Response> get_map(Services& services, Request& request, const Visitor& visitor);

// camera_place.cpp
Task<Response> put_camera_place(Services& services, Request& request, const Visitor& visitor);
Task<Response> delete_camera_place(Services& services, Request& request, const Visitor& visitor);

// health.cpp
Task<Response> get_camera_health(Services& services, Request& request, const Visitor& visitor);

// media.cpp
Task<Response> get_original(Services& services, Request& request, const Visitor& visitor);
Task<Response> get_thumbnail(Services& services, Request& request, const Visitor& visitor);

// changes.cpp
Task<Response> follow_changes(Services& services, Request& request, const Visitor& visitor);

// retention.cpp
Task<Response> get_retention(Services& services, Request& request, const Visitor& visitor);
Task<Response> get_camera_retention(Services& services, Request& request, const Visitor& visitor);
Task<Response> put_retention(Services& services, Request& request,
                             const Visitor& visitor);  // of all, or of {camera}
Task<Response> delete_retention(Services& services, Request& request, const Visitor& visitor);  // the same
Task<Response> preview_retention(Services& services, Request& request, const Visitor& visitor);
Task<Response> preview_retention_change(Services& services, Request& request, const Visitor& visitor);
Task<Response> put_star(Services& services, Request& request, const Visitor& visitor);
Task<Response> delete_star(Services& services, Request& request, const Visitor& visitor);

// trash.cpp
Task<Response> list_trash(Services& services, Request& request, const Visitor& visitor);
Task<Response> put_in_trash(Services& services, Request& request, const Visitor& visitor);
Task<Response> restore_images(Services& services, Request& request, const Visitor& visitor);
Task<Response> empty_trash(Services& services, Request& request, const Visitor& visitor);

// marks.cpp
Task<Response> star_images(Services& services, Request& request, const Visitor& visitor);
Task<Response> tag_images(Services& services, Request& request, const Visitor& visitor);
Task<Response> list_tags(Services& services, Request& request, const Visitor& visitor);
Task<Response> put_note(Services& services, Request& request, const Visitor& visitor);

// detections.cpp
Task<Response> put_detections(Services& services, Request& request, const Visitor& visitor);
Task<Response> list_labels(Services& services, Request& request, const Visitor& visitor);

// archive.cpp
Task<Response> prepare_archive(Services& services, Request& request, const Visitor& visitor);
Task<Response> get_archive(Services& services, Request& request, const Visitor& visitor);

// image_export.cpp
Task<Response> export_images(Services& services, Request& request, const Visitor& visitor);
Task<Response> export_chosen_images(Services& services, Request& request, const Visitor& visitor);

// telemetry_export.cpp
Task<Response> export_telemetry(Services& services, Request& request, const Visitor& visitor);

// storage.cpp
Task<Response> get_storage(Services& services, Request& request, const Visitor& visitor);

// system.cpp
Task<Response> get_system(Services& services, Request& request, const Visitor& visitor);

// set_up.cpp
Task<Response> set_up(Services& services, Request& request);
Task<Response> look_at_link(Services& services, Request& request);
Task<Response> use_link(Services& services, Request& request);

// sign_in.cpp
Task<Response> get_session(Services& services, Request& request);
Task<Response> sign_in(Services& services, Request& request);
Task<Response> sign_out(Services& services, Request& request, const Visitor& visitor);

// openid_begin.cpp
Task<Response> begin_openid(Services& services, Request& request);
Task<Response> connect_openid(Services& services, Request& request, const Visitor& visitor);

// openid_callback.cpp
Task<Response> finish_openid(Services& services, Request& request);

// own_identities.cpp
Task<Response> list_identities(Services& services, Request& request, const Visitor& visitor);
Task<Response> delete_identity(Services& services, Request& request, const Visitor& visitor);

// own_account.cpp
Task<Response> list_sessions(Services& services, Request& request, const Visitor& visitor);
Task<Response> end_other_sessions(Services& services, Request& request, const Visitor& visitor);
Task<Response> end_session(Services& services, Request& request, const Visitor& visitor);
Task<Response> put_password(Services& services, Request& request, const Visitor& visitor);

// own_second_factor.cpp
Task<Response> begin_second_factor(Services& services, Request& request, const Visitor& visitor);
Task<Response> confirm_second_factor(Services& services, Request& request, const Visitor& visitor);
Task<Response> remove_second_factor(Services& services, Request& request, const Visitor& visitor);

// own_tokens.cpp
Task<Response> list_tokens(Services& services, Request& request, const Visitor& visitor);
Task<Response> make_api_token(Services& services, Request& request, const Visitor& visitor);
Task<Response> delete_token(Services& services, Request& request, const Visitor& visitor);

// push.cpp
Task<Response> get_push(Services& services, Request& request, const Visitor& visitor);
Task<Response> add_push(Services& services, Request& request, const Visitor& visitor);
Task<Response> change_push(Services& services, Request& request, const Visitor& visitor);
Task<Response> remove_push(Services& services, Request& request, const Visitor& visitor);
Task<Response> try_push(Services& services, Request& request, const Visitor& visitor);

// people.cpp
Task<Response> list_people(Services& services, Request& request, const Visitor& visitor);
Task<Response> invite_person(Services& services, Request& request, const Visitor& visitor);
Task<Response> delete_person(Services& services, Request& request, const Visitor& visitor);
Task<Response> put_grants(Services& services, Request& request, const Visitor& visitor);
Task<Response> make_link(Services& services, Request& request, const Visitor& visitor);
Task<Response> reset_second_factor(Services& services, Request& request, const Visitor& visitor);

// groups.cpp
Task<Response> list_groups(Services& services, Request& request, const Visitor& visitor);
Task<Response> add_group(Services& services, Request& request, const Visitor& visitor);
Task<Response> rename_group(Services& services, Request& request, const Visitor& visitor);
Task<Response> delete_group(Services& services, Request& request, const Visitor& visitor);
Task<Response> put_camera_group(Services& services, Request& request, const Visitor& visitor);

// audit.cpp
Task<Response> list_audit(Services& services, Request& request, const Visitor& visitor);

// shares.cpp
Task<Response> list_shares(Services& services, Request& request, const Visitor& visitor);
Task<Response> make_share(Services& services, Request& request, const Visitor& visitor);
Task<Response> delete_share(Services& services, Request& request, const Visitor& visitor);

// shared_view.cpp
Task<Response> open_share(Services& services, Request& request);
Task<Response> get_shared(Services& services, Request& request);
Task<Response> get_shared_histogram(Services& services, Request& request);
Task<Response> list_shared_images(Services& services, Request& request);
Task<Response> get_shared_original(Services& services, Request& request);
Task<Response> get_shared_thumbnail(Services& services, Request& request);

// shared_live.cpp
Task<Response> follow_shared_live(Services& services, Request& request);
Task<Response> get_shared_live_film(Services& services, Request& request);
Task<Response> get_shared_live_picture(Services& services, Request& request);

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

// link.cpp
Task<Response> open_link(Services& services, Request& request);

// pushed_film.cpp
Task<Response> take_film(Services& services, Request& request);

// live_socket.cpp
Task<Response> follow_live(Services& services, Request& request, const Visitor& visitor);

// live_pictures.cpp
Task<Response> get_live_picture(Services& services, Request& request, const Visitor& visitor);

// live_keep.cpp
Task<Response> keep_live_picture(Services& services, Request& request, const Visitor& visitor);

// trust.cpp
Task<Response> get_trust(Services& services, Request& request);

// operation.cpp
Task<Response> get_health(Services& services, Request& request);
// Could a picture be stored now? unavailable, with the reason.
Task<Result<void>> readiness(Services& services);
Task<Response> get_readiness(Services& services, Request& request);
Task<Response> get_metrics(Services& services, Request& request, const Visitor& visitor);
Task<Response> get_contract(Services& services, Request& request);

// heartbeat.cpp
Task<Response> take_heartbeat(Services& services, Request& request);

// commands.cpp
Task<Response> send_command(Services& services, Request& request, const Visitor& visitor);
Task<Response> list_commands(Services& services, Request& request, const Visitor& visitor);
Task<Response> get_command(Services& services, Request& request, const Visitor& visitor);
Task<Response> cancel_command(Services& services, Request& request, const Visitor& visitor);

// camera_settings.cpp
Task<Response> get_camera_settings(Services& services, Request& request, const Visitor& visitor);
Task<Response> put_camera_settings(Services& services, Request& request, const Visitor& visitor);

// logs.cpp
Task<Response> take_log(Services& services, Request& request);
Task<Response> get_camera_log(Services& services, Request& request, const Visitor& visitor);

// telemetry.cpp
Task<Response> get_telemetry(Services& services, Request& request, const Visitor& visitor);

// nearest.cpp
Task<Response> get_nearest_images(Services& services, Request& request, const Visitor& visitor);

// releases.cpp
Task<Response> list_releases(Services& services, Request& request, const Visitor& visitor);
Task<Response> add_release(Services& services, Request& request, const Visitor& visitor);
Task<Response> remove_release(Services& services, Request& request, const Visitor& visitor);
Task<Response> get_firmware(Services& services, Request& request);

// flash_images.cpp
Task<Response> list_flash_images(Services& services, Request& request, const Visitor& visitor);
Task<Response> put_flash_image(Services& services, Request& request, const Visitor& visitor);
Task<Response> get_flash_image(Services& services, Request& request, const Visitor& visitor);

// rollouts.cpp
Task<Response> list_rollouts(Services& services, Request& request, const Visitor& visitor);
Task<Response> start_rollout(Services& services, Request& request, const Visitor& visitor);
Task<Response> get_rollout(Services& services, Request& request, const Visitor& visitor);
Task<Response> advance_rollout(Services& services, Request& request, const Visitor& visitor);
Task<Response> halt_rollout(Services& services, Request& request, const Visitor& visitor);

// dashboard.cpp
// `pictures_from`: as asset_routes() takes it.
std::vector<Route> dashboard_routes(const std::string& pictures_from);

}  // namespace heliograph::http
