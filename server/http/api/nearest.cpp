// A camera's pictures at certain moments: the same hour of many days, or a film of an hour.
#include "server/http/api/accounts_api.hpp"
#include "server/http/api/gallery_query.hpp"
#include "server/http/api/gate.hpp"
#include "server/http/api/handlers.hpp"
#include "server/http/api/image_json.hpp"

namespace heliograph::http {

Task<Response> get_nearest_images(Services& services, Request& request, const Visitor& visitor) {
  using Found = std::vector<std::optional<catalog::FiledImage>>;
  const auto camera = allowed_camera(visitor, accounts::Right::view, request.captures[0]);
  if (!camera) co_return problem_response(camera.error());
  auto moments = read_moments(request);
  if (!moments) co_return problem_response(moments.error());
  Question<Found> question = [camera = *camera,
                              moments = std::move(*moments)](catalog::Catalog& catalog) -> Result<Found> {
    if (const auto known = catalog.camera_by_id(camera); !known) return known.error();
    return catalog.nearest_images(camera, moments.at, moments.within);
  };
  const auto found = co_await services.catalogs.ask(std::move(question));
  if (!found) co_return problem_response(found.error());
  JsonWriter json;
  json.object([&] {
    json.key("images").array([&] {
      for (const auto& filed : *found) {
        if (filed) {
          write_image(json, filed->image);
        } else {
          json.value(nullptr);
        }
      }
    });
  });
  co_return json_response(200, std::move(json).text());
}

}  // namespace heliograph::http
