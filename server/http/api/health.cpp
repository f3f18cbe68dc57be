#include "server/cameras/health.hpp"

#include "server/cameras/capabilities.hpp"
#include "server/cameras/commands.hpp"
#include "server/catalog/orders.hpp"
#include "server/http/api/gate.hpp"
#include "server/http/api/handlers.hpp"
#include "server/http/api/presence_json.hpp"
#include "server/http/json.hpp"

namespace heliograph::http {
namespace {

template <class T, class Convert>
void write_optional(JsonWriter& json, std::string_view name, const std::optional<T>& maybe, Convert convert) {
  json.key(name);
  maybe ? json.value(convert(*maybe)) : json.value(nullptr);
}

struct HealthSeen {
  cameras::Health health;
  cameras::CameraPresence presence;
  std::optional<catalog::CameraSelf> self;  // none: it never spoke but in pictures
};

void write_runs(JsonWriter& json, const std::optional<catalog::CameraSelf>& self) {
  json.key("runs");
  if (!self) return json.value(nullptr);
  const auto capabilities = cameras::read_capabilities(self->capabilities.value_or(""), self->sensor);
  json.object([&] {
    json.field("model", self->model);
    json.field("firmware", self->firmware);
    json.field("sensor", self->sensor);
    json.field("takes_updates",
               capabilities.commands && cameras::offers(capabilities.commands, cameras::update_command));
    json.field("told_at", to_ms(self->heard_at));
  });
}

std::string health_json(const HealthSeen& seen) {
  const cameras::Health& health = seen.health;
  const catalog::CameraRecord& record = health.record;
  JsonWriter json;
  json.object([&] {
    json.field("camera_id", to_string(record.camera.id));
    write_presence(json, seen.presence);
    write_optional(json, "last_accepted_at", record.accepted_at, to_ms);
    write_optional(json, "last_refused_at", record.refused_at, to_ms);
    json.field("last_refusal", record.refusal);
    json.field("images", record.image_count);
    json.field("repeats", record.repeats);
    json.field("refusals", record.refusals);
    json.field("looks_alike", record.looks_alike);
    json.field("frozen", health.frozen);
    json.field("missing", health.sequence.missing);
    json.key("gaps").array([&] {
      for (const cameras::SequenceGap& gap : health.sequence.gaps) {
        json.object([&] {
          json.field("boot", gap.boot);
          json.field("first", gap.first);
          json.field("last", gap.last);
        });
      }
    });
    write_optional(json, "clock_skew_ms", health.clock_skew, [](auto skew) { return skew.count(); });
    write_runs(json, seen.self);
  });
  return std::move(json).text();
}

}  // namespace

Task<Response> get_camera_health(Services& services, Request& request, const Visitor& visitor) {
  const auto camera = allowed_camera(visitor, accounts::Right::view, request.captures[0]);
  if (!camera) co_return problem_response(camera.error());
  std::function<Result<HealthSeen>(catalog::Catalog&)> question =
      [camera = *camera, now = services.clock.now()](catalog::Catalog& catalog) -> Result<HealthSeen> {
    auto health = cameras::read_health(catalog, camera, now);
    if (!health) return health.error();
    const auto presences = cameras::presences(catalog, camera, now);
    if (!presences) return presences.error();
    auto self = catalog::Orders(catalog).self(camera);
    if (!self) return self.error();
    // A removed one is expected no more.
    return HealthSeen{std::move(*health),
                      presences->empty() ? cameras::CameraPresence{camera, {}, {}} : presences->front(),
                      std::move(*self)};
  };
  auto health = co_await services.catalogs.ask(std::move(question));
  if (!health) co_return problem_response(health.error());
  health->presence = with_link(health->presence, services.links, services.clock);
  co_return json_response(200, health_json(*health));
}

}  // namespace heliograph::http
