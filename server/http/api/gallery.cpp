#include "server/http/api/camera_json.hpp"
#include "server/http/api/detection_json.hpp"
#include "server/http/api/filter_query.hpp"
#include "server/http/api/gallery_json.hpp"
#include "server/http/api/gallery_query.hpp"
#include "server/http/api/gate.hpp"
#include "server/http/api/handlers.hpp"
#include "server/http/api/image_detail.hpp"
#include "server/http/api/image_json.hpp"
#include "server/http/api/presence_json.hpp"
#include "server/http/json.hpp"
#include "server/http/packed.hpp"

#include <algorithm>

namespace heliograph::http {
namespace {

struct CamerasSeen {
  std::vector<catalog::CameraSummary> cameras;
  std::vector<cameras::CameraPresence> presences;
};

// Of a camera that was added meanwhile nothing is known yet.
cameras::CameraPresence presence_of(const CamerasSeen& seen, CameraId camera) {
  const auto found = std::ranges::find(seen.presences, camera, &cameras::CameraPresence::camera);
  return found != seen.presences.end() ? *found : cameras::CameraPresence{camera, {}, {}};
}

std::string cameras_json(const CamerasSeen& seen, const Services& services, const Visitor& visitor) {
  JsonWriter json;
  json.object([&] {
    json.key("cameras").array([&] {
      for (const catalog::CameraSummary& summary : seen.cameras) {
        if (!visitor.may(accounts::Right::view, summary.camera.id)) continue;
        write_camera(json, summary,
                     with_link(presence_of(seen, summary.camera.id), services.links, services.clock));
      }
    });
  });
  return std::move(json).text();
}

std::string detail_json(const ImageDetail& detail) {
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
    json.key("tags").array([&] {
      for (const std::string& tag : detail.tags) json.value(tag);
    });
    json.field("note", detail.note);
    json.key("detections");
    write_detections(json, detail.findings);
  });
  return std::move(json).text();
}

}  // namespace

Task<Response> list_cameras(Services& services, Request& request, const Visitor& visitor) {
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
  co_return packed_json_response(request, cameras_json(*seen, services, visitor));
}

Task<Response> get_histogram(Services& services, Request& request, const Visitor& visitor) {
  const auto choice = read_choice(request);
  if (!choice) co_return problem_response(choice.error());
  const auto from = read_time(request, "from");
  if (!from) co_return problem_response(from.error());
  std::function<Result<std::vector<catalog::HourCount>>(catalog::Catalog&)> question =
      [choice = *choice,
       seen = visitor.seen()](catalog::Catalog& catalog) -> Result<std::vector<catalog::HourCount>> {
    const auto cameras = cameras_of(catalog, choice, seen);
    if (!cameras) return cameras.error();
    return catalog.histogram(std::nullopt, *cameras, choice.filter);
  };
  auto hours = co_await services.catalogs.ask(std::move(question));
  if (!hours) co_return problem_response(hours.error());
  if (*from)
    std::erase_if(*hours, [&](const auto& one) { return one.hour + std::chrono::hours(1) <= **from; });
  co_return packed_json_response(request, histogram_json(*hours));
}

Task<Response> list_images(Services& services, Request& request, const Visitor& visitor) {
  const auto choice = read_choice(request);
  if (!choice) co_return problem_response(choice.error());
  auto query = read_page_query(request);
  if (!query) co_return problem_response(query.error());
  query->filter = choice->filter;
  std::function<Result<std::vector<catalog::FiledImage>>(catalog::Catalog&)> question =
      [choice = *choice, query = *query,
       seen = visitor.seen()](catalog::Catalog& catalog) mutable -> Result<std::vector<catalog::FiledImage>> {
    const auto cameras = cameras_of(catalog, choice, seen);
    if (!cameras) return cameras.error();
    query.among = *cameras;
    return catalog.images(query);
  };
  const auto images = co_await services.catalogs.ask(std::move(question));
  if (!images) co_return problem_response(images.error());
  const bool full = images->size() == static_cast<std::size_t>(query->limit);
  co_return packed_json_response(request, page_json(*images, full));
}

Task<Response> get_image(Services& services, Request& request, const Visitor& visitor) {
  const Error missing{ErrorKind::not_found, "there is no image " + request.captures[0]};
  const auto id = parse_id<ImageId>(request.captures[0]);
  if (!id) co_return problem_response(missing);
  std::function<Result<ImageDetail>(catalog::Catalog&)> question =
      [id = *id](catalog::Catalog& catalog) -> Result<ImageDetail> {
    auto filed = catalog.image(id);
    if (!filed) return filed.error();
    return read_detail(catalog, std::move(*filed));
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
