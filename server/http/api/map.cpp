// Where cameras are, and what the map below them is drawn on.
#include "server/catalog/places.hpp"
#include "server/http/api/accounts_api.hpp"
#include "server/http/api/place_json.hpp"

namespace heliograph::http {

Task<Response> get_map(Services& services, Request&, const Visitor& visitor) {
  Question<std::vector<catalog::Place>> question = [](catalog::Catalog& catalog) {
    return catalog::Places(catalog).all();
  };
  const auto places = co_await services.catalogs.ask(std::move(question));
  if (!places) co_return problem_response(places.error());
  JsonWriter json;
  json.object([&] {
    if (services.map.url.empty()) {
      json.key("tiles").value(nullptr);
    } else {
      json.field("tiles", services.map.url);
    }
    json.field("credit", services.map.credit);
    json.key("places").array([&] {
      for (const catalog::Place& place : *places) {
        if (!visitor.may(accounts::Right::view, place.camera)) continue;
        json.object([&] {
          json.field("camera_id", to_string(place.camera));
          write_place_members(json, place);
        });
      }
    });
  });
  co_return json_response(200, std::move(json).text());
}

}  // namespace heliograph::http
