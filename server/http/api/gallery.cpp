#include "server/http/api/gallery_json.hpp"
#include "server/http/api/gallery_query.hpp"
#include "server/http/api/gate.hpp"
#include "server/http/api/handlers.hpp"
#include "server/http/api/image_json.hpp"
#include "server/http/api/presence_json.hpp"
#include "server/http/json.hpp"

#include <algorithm>

namespace heliograph::http {
namespace {

std::optional<std::int64_t> in_ms(std::optional<Timestamp> at) {
  return at ? std::optional(to_ms(*at)) : std::nullopt;
}

struct CamerasSeen {
  std::vector<catalog::CameraSummary> cameras;
  std::vector<cameras::CameraPresence> presences;
};

// Of a camera that was added meanwhile nothing is known yet.
cameras::CameraPresence presence_of(const CamerasSeen& seen, CameraId camera) {
  const auto found = std::ranges::find(seen.presences, camera, &cameras::CameraPresence::camera);
  return found != seen.presences.end() ? *found : cameras::CameraPresence{camera, {}, {}};
}

std::string cameras_json(const CamerasSeen& seen, const live::LinkHub& links, const Visitor& visitor) {
  JsonWriter json;
  json.object([&] {
    json.key("cameras").array([&] {
      for (const catalog::CameraSummary& summary : seen.cameras) {
        if (!visitor.may(accounts::Right::view, summary.camera.id)) continue;
        json.object([&] {
          json.field("id", to_string(summary.camera.id));
          json.field("name", summary.camera.name);
          json.field("created_at", to_ms(summary.camera.created_at));
          json.field("plain_http", summary.rules.plain_http);
          json.field("may_roam", summary.rules.may_roam);
          json.field("suspect_at", in_ms(summary.rules.suspect_at));
          json.field("image_count", summary.image_count);
          write_presence(json, with_link(presence_of(seen, summary.camera.id), links));
          json.key("last_image");
          if (summary.last_image) {
            write_image(json, *summary.last_image);
          } else {
            json.value(nullptr);
          }
        });
      }
    });
  });
  return std::move(json).text();
}

struct Detail {
  catalog::FiledImage filed;
  std::optional<protocol::Telemetry> telemetry;
};

std::string detail_json(const Detail& detail) {
  const catalog::Image& image = detail.filed.image;
  JsonWriter json;
  json.object([&] {
    json.key("image");
    write_image(json, image);
    json.field("sha256", to_hex(image.sha256));
    json.key("boot");
    image.sender ? json.value(image.sender->boot) : json.value(nullptr);
    json.key("sequence");
    image.sender ? json.value(image.sender->sequence) : json.value(nullptr);
    json.key("telemetry");
    if (detail.telemetry) {
      write_telemetry(json, *detail.telemetry);
    } else {
      json.value(nullptr);
    }
  });
  return std::move(json).text();
}

}  // namespace

Task<Response> list_cameras(Services& services, Request&, const Visitor& visitor) {
  std::function<Result<CamerasSeen>(catalog::Catalog&)> question =
      [now = services.clock.now()](catalog::Catalog& catalog) -> Result<CamerasSeen> {
    auto cameras = catalog.cameras();
    if (!cameras) return cameras.error();
    auto presences = cameras::presences(catalog, std::nullopt, now);
    if (!presences) return presences.error();
    return CamerasSeen{std::move(*cameras), std::move(*presences)};
  };
  const auto seen = co_await services.catalogs.ask(std::move(question));
  if (!seen) co_return problem_response(seen.error());
  co_return json_response(200, cameras_json(*seen, services.links, visitor));
}

Task<Response> get_histogram(Services& services, Request& request, const Visitor& visitor) {
  const auto camera = read_camera_filter(request);
  if (!camera) co_return problem_response(camera.error());
  std::function<Result<std::vector<catalog::HourCount>>(catalog::Catalog&)> question =
      [camera = *camera, seen = visitor.seen()](catalog::Catalog& catalog) {
        return catalog.histogram(camera, seen);
      };
  const auto hours = co_await services.catalogs.ask(std::move(question));
  if (!hours) co_return problem_response(hours.error());
  co_return json_response(200, histogram_json(*hours));
}

Task<Response> list_images(Services& services, Request& request, const Visitor& visitor) {
  auto query = read_image_query(request);
  if (!query) co_return problem_response(query.error());
  query->among = visitor.seen();
  std::function<Result<std::vector<catalog::FiledImage>>(catalog::Catalog&)> question =
      [query = *query](catalog::Catalog& catalog) { return catalog.images(query); };
  const auto images = co_await services.catalogs.ask(std::move(question));
  if (!images) co_return problem_response(images.error());
  const bool full = images->size() == static_cast<std::size_t>(query->limit);
  co_return json_response(200, page_json(*images, full));
}

Task<Response> get_image(Services& services, Request& request, const Visitor& visitor) {
  const Error missing{ErrorKind::not_found, "there is no image " + request.captures[0]};
  const auto id = parse_id<ImageId>(request.captures[0]);
  if (!id) co_return problem_response(missing);
  std::function<Result<Detail>(catalog::Catalog&)> question =
      [id = *id](catalog::Catalog& catalog) -> Result<Detail> {
    auto filed = catalog.image(id);
    if (!filed) return filed.error();
    auto telemetry = catalog.telemetry(id);
    if (!telemetry) return telemetry.error();
    return Detail{std::move(*filed), *telemetry};
  };
  const auto detail = co_await services.catalogs.ask(std::move(question));
  if (!detail) co_return problem_response(detail.error());
  const CameraId camera = detail->filed.image.camera;
  if (const auto allowed = allow(visitor, accounts::Right::view, camera, missing); !allowed) {
    co_return problem_response(allowed.error());
  }
  co_return json_response(200, detail_json(*detail));
}

}  // namespace heliograph::http
