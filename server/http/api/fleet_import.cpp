// Many cameras are added at once.
#include "server/cameras/cameras.hpp"
#include "server/cameras/fleet_csv.hpp"
#include "server/http/api/accounts_api.hpp"
#include "server/http/api/json_body.hpp"
#include "server/http/api/upload_headers.hpp"

namespace heliograph::http {
std::string fleet_json(std::span<const cameras::FleetKey> fleet) {
  JsonWriter json;
  json.object([&] {
    json.key("cameras").array([&] {
      for (const cameras::FleetKey& camera : fleet) {
        json.object([&] {
          json.field("id", camera.id);
          json.field("name", camera.row.name);
          json.field("group", camera.row.group);
          json.field("key", camera.key);
        });
      }
    });
  });
  return std::move(json).text();
}

Task<Response> import_cameras(Services& services, Request& request, const Visitor& visitor) {
  const auto text = co_await read_text(request, "text/csv");
  if (!text) co_return problem_response(text.error());
  const auto rows = cameras::read_fleet(*text);
  if (!rows) co_return problem_response(rows.error());
  Question<std::vector<cameras::FleetKey>> question =
      [tools = tools_of(services), rows = *rows, actor = actor_of(visitor, request)](
          catalog::Catalog& catalog) -> Result<std::vector<cameras::FleetKey>> {
    auto fleet = cameras::enrol_fleet(catalog, tools.ids, tools.clock, rows);
    if (!fleet) return fleet;
    for (const cameras::FleetKey& camera : *fleet) {
      const auto noted = accounts::note(catalog, tools, actor, "camera-added", camera.row.name);
      if (!noted) return noted.error();
    }
    return fleet;
  };
  const auto fleet = co_await services.catalogs.ask(std::move(question));
  if (!fleet) co_return problem_response(fleet.error());
  if (wants_json(request)) co_return json_response(201, fleet_json(*fleet));
  Response response = text_response(201, cameras::write_fleet(*fleet));
  response.content_type = "text/csv; charset=utf-8";
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"cameras.csv\"");
  co_return response;
}

}  // namespace heliograph::http
