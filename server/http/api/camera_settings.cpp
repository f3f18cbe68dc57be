// How a camera shall be set, and how it says that it is.
#include "server/cameras/orders.hpp"
#include "server/http/api/accounts_api.hpp"
#include "server/http/api/gate.hpp"
#include "server/http/api/json_body.hpp"
#include "server/http/api/numbers.hpp"
#include "server/http/api/orders_json.hpp"
#include "server/http/response.hpp"
#include "server/http/text.hpp"

namespace heliograph::http {
namespace {

struct SettingsSeen {
  catalog::CameraSettings settings;
  std::vector<cameras::Setting> schema;
};

Result<SettingsSeen> see(catalog::Catalog& catalog, CameraId camera) {
  if (const auto known = catalog.camera_by_id(camera); !known) return known.error();
  auto settings = catalog::Orders(catalog).settings(camera);
  if (!settings) return settings.error();
  const auto capabilities = cameras::capabilities_of(catalog, camera);
  if (!capabilities) return capabilities.error();
  return SettingsSeen{std::move(*settings), cameras::settings_of(*capabilities)};
}

Response settings_response(const SettingsSeen& seen) {
  Response response = json_response(200, settings_json(seen.settings, seen.schema));
  response.headers.emplace_back("ETag", '"' + std::to_string(seen.settings.version) + '"');
  return response;
}

// The version that a change is made from: a number in quotes, or any.
struct Basis {
  std::optional<std::int64_t> version;  // none: whatever it is
};
std::optional<Basis> read_if_match(const Request& request) {
  const std::string_view text = trim(request.header("If-Match").value_or(""));
  if (text == "*") return Basis{};
  if (text.size() < 3 || text.front() != '"' || text.back() != '"') return std::nullopt;
  const auto version = read_integer(text.substr(1, text.size() - 2));
  return version ? std::optional(Basis{version}) : std::nullopt;
}

Result<SettingsSeen> change(catalog::Catalog& catalog, accounts::Tools tools, const accounts::Actor& actor,
                            CameraId camera, const boost::json::object& values, const Basis& basis) {
  auto seen = see(catalog, camera);
  if (!seen) return seen;
  const auto wanted = cameras::check_settings(values, seen->schema);
  if (!wanted) return wanted.error();
  const std::int64_t version = basis.version.value_or(seen->settings.version);
  catalog::Orders orders(catalog);
  if (auto set = orders.want(camera, version, *wanted, actor.name, tools.clock.now()); !set)
    return set.error();
  const auto known = catalog.camera_by_id(camera);
  if (!known) return known.error();
  const auto noted = accounts::note(catalog, tools, actor, "camera-set", known->name);
  if (!noted) return noted.error();
  return see(catalog, camera);
}

}  // namespace

Task<Response> get_camera_settings(Services& services, Request& request, const Visitor& visitor) {
  const auto camera = allowed_camera(visitor, accounts::Right::view, request.captures[0]);
  if (!camera) co_return problem_response(camera.error());
  Question<SettingsSeen> question = [camera = *camera](catalog::Catalog& catalog) {
    return see(catalog, camera);
  };
  const auto seen = co_await services.catalogs.ask(std::move(question));
  co_return seen ? settings_response(*seen) : problem_response(seen.error());
}

Task<Response> put_camera_settings(Services& services, Request& request, const Visitor& visitor) {
  static constexpr std::string_view members[] = {"values"};
  const auto camera = allowed_camera(visitor, accounts::Right::operate, request.captures[0]);
  if (!camera) co_return problem_response(camera.error());
  const auto basis = read_if_match(request);
  if (!basis) {
    co_return problem(428, "precondition required",
                      "say in If-Match which version is changed, as the ETag of the settings has it");
  }
  const auto body = co_await read_object(request, members);
  if (!body) co_return problem_response(body.error());
  const auto* values = body->if_contains("values");
  if (values == nullptr || !values->is_object()) {
    co_return problem_response({ErrorKind::bad_request, "`values` must be an object"});
  }
  Question<SettingsSeen> question = [camera = *camera, values = values->get_object(), basis = *basis,
                                     tools = tools_of(services),
                                     actor = actor_of(visitor, request)](catalog::Catalog& catalog) {
    return change(catalog, tools, actor, camera, values, basis);
  };
  const auto seen = co_await services.catalogs.change(std::move(question));
  if (!seen && seen.error().kind == ErrorKind::conflict) {
    co_return problem(412, "precondition failed", seen.error().detail);
  }
  if (!seen) co_return problem_response(seen.error());
  services.changes.publish(settings_changed(*camera));
  services.links.prompt(*camera);
  co_return settings_response(*seen);
}

}  // namespace heliograph::http
