// Somebody puts a camera on the map, or takes that back.
#include "server/catalog/places.hpp"
#include "server/http/api/accounts_api.hpp"
#include "server/http/api/gate.hpp"
#include "server/http/api/json_body.hpp"

namespace heliograph::http {
namespace {

// Of WGS 84, 1e-7 degrees.
constexpr std::int64_t max_lat_e7 = 900'000'000;
constexpr std::int64_t max_lon_e7 = 1'800'000'000;

Result<std::int64_t> coordinate_of(const boost::json::object& body, std::string_view name,
                                   std::int64_t most) {
  const auto value = optional_integer_of(body, name);
  if (!value) return value.error();
  if (*value && **value >= -most && **value <= most) return **value;
  return Error{ErrorKind::bad_request, "`" + std::string(name) + "` must be a whole number from " +
                                           std::to_string(-most) + " to " + std::to_string(most)};
}

}  // namespace

Task<Response> put_camera_place(Services& services, Request& request, const Visitor& visitor) {
  static constexpr std::string_view members[] = {"lat_e7", "lon_e7"};
  const auto camera = allowed_camera(visitor, accounts::Right::operate, request.captures[0]);
  if (!camera) co_return problem_response(camera.error());
  const auto body = co_await read_object(request, members);
  if (!body) co_return problem_response(body.error());
  const auto lat_e7 = coordinate_of(*body, "lat_e7", max_lat_e7);
  if (!lat_e7) co_return problem_response(lat_e7.error());
  const auto lon_e7 = coordinate_of(*body, "lon_e7", max_lon_e7);
  if (!lon_e7) co_return problem_response(lon_e7.error());
  Question<void> question = [place = catalog::Place{*camera, *lat_e7, *lon_e7}, tools = tools_of(services),
                             actor = actor_of(visitor, request)](catalog::Catalog& catalog) -> Result<void> {
    const auto known = catalog.camera_by_id(place.camera);
    if (!known) return known.error();
    auto put = catalog::Places(catalog).set(place.camera, place.lat_e7, place.lon_e7);
    if (!put) return put;
    return accounts::note(catalog, tools, actor, "camera-placed", known->name);
  };
  const auto put = co_await services.catalogs.change(std::move(question));
  co_return put ? no_content() : problem_response(put.error());
}

Task<Response> delete_camera_place(Services& services, Request& request, const Visitor& visitor) {
  const auto camera = allowed_camera(visitor, accounts::Right::operate, request.captures[0]);
  if (!camera) co_return problem_response(camera.error());
  Question<void> question = [id = *camera, tools = tools_of(services),
                             actor = actor_of(visitor, request)](catalog::Catalog& catalog) -> Result<void> {
    const auto known = catalog.camera_by_id(id);
    if (!known) return known.error();
    const auto cleared = catalog::Places(catalog).clear(id);
    if (!cleared) return cleared.error();
    // What was not there need not be taken back twice.
    return *cleared ? accounts::note(catalog, tools, actor, "camera-place-cleared", known->name)
                    : Result<void>{};
  };
  const auto cleared = co_await services.catalogs.change(std::move(question));
  co_return cleared ? no_content() : problem_response(cleared.error());
}

}  // namespace heliograph::http
