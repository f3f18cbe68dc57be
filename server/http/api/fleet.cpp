// Every camera at a glance, in one answer.
#include "server/cameras/problems.hpp"
#include "server/http/api/accounts_api.hpp"
#include "server/http/api/camera_json.hpp"
#include "server/http/api/gallery_query.hpp"
#include "server/http/api/place_json.hpp"
#include "server/http/api/presence_json.hpp"
#include "server/http/packed.hpp"

namespace heliograph::http {
namespace {

using cameras::CameraOverview;

void write_overview(JsonWriter& json, CameraOverview camera, const Services& services, Timestamp now) {
  camera.presence = with_link(camera.presence, services.links, services.clock);
  const catalog::CameraFacts& facts = camera.facts;
  const auto in_ms = [](const auto& at) { return at ? std::optional(to_ms(*at)) : std::nullopt; };
  json.object([&] {
    json.key("camera");
    write_camera(json, camera.summary, camera.presence);
    json.key("problems").array([&] {
      for (const cameras::Problem& problem : problems_of(camera, now)) json.value(to_string(problem.kind));
    });
    json.field("last_refused_at", in_ms(facts.refused_at));
    json.field("last_refusal", facts.refusal);
    json.field("looks_alike", facts.looks_alike);
    json.field("frozen", camera.frozen);
    json.field("clock_skew_ms", camera.clock_skew ? std::optional(camera.clock_skew->count()) : std::nullopt);
    json.field("battery_mv", facts.battery_mv);
    json.field("rssi_dbm", facts.rssi_dbm);
    json.field("spool", facts.spool);
    write_place(json, "place", camera.place);
    json.key("days").array([&] {
      for (const std::int64_t images : camera.days) json.value(images);
    });
    json.field("due", camera.due);
    json.field("usual", camera.usual);
  });
}

}  // namespace

Task<Response> get_fleet(Services& services, Request& request, const Visitor& visitor) {
  const auto since = read_time(request, "since");
  if (!since) co_return problem_response(since.error());
  const Timestamp now = services.clock.now();
  const Timestamp today = since->value_or(std::chrono::floor<std::chrono::days>(now));
  Question<std::vector<CameraOverview>> question = [today, now](catalog::Catalog& catalog) {
    return cameras::read_overview(catalog, today, now);
  };
  auto overview = co_await services.catalogs.ask(std::move(question));
  if (!overview) co_return problem_response(overview.error());
  JsonWriter json;
  json.object([&] {
    json.key("cameras").array([&] {
      for (CameraOverview& camera : *overview) {
        if (!visitor.may(accounts::Right::view, camera.summary.camera.id)) continue;
        write_overview(json, std::move(camera), services, now);
      }
    });
  });
  co_return packed_json_response(request, std::move(json).text());
}

}  // namespace heliograph::http
