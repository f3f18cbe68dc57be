// What needed somebody, for who may see the camera.
#include "server/catalog/alerts.hpp"

#include "server/http/api/accounts_api.hpp"
#include "server/http/api/bad_parameter.hpp"
#include "server/http/api/gallery_query.hpp"

namespace heliograph::http {
namespace {

Result<std::optional<bool>> read_open(const Request& request) {
  const auto text = request.query_value("open");
  if (!text) return std::optional<bool>{};
  if (*text == "true") return std::optional(true);
  if (*text == "false") return std::optional(false);
  return bad_parameter("open", "true or false");
}

Result<catalog::AlertQuery> read_alert_query(const Request& request, const Visitor& visitor) {
  catalog::AlertQuery query;
  const auto camera = read_camera_filter(request);
  if (!camera) return camera.error();
  const auto open = read_open(request);
  if (!open) return open.error();
  const auto limit = read_limit(request);
  if (!limit) return limit.error();
  if (const auto text = request.query_value("before")) {
    query.after = read_alert_cursor(*text);
    if (!query.after) return bad_parameter("before", "the `next` of another page");
  }
  query.camera = *camera;
  query.open = *open;
  query.limit = *limit;
  query.of_the_server = visitor.may(accounts::Right::administer);
  if (!visitor.may(accounts::Right::view)) query.seen_by = visitor.person;
  return query;
}

void write_alert(JsonWriter& json, const catalog::NamedAlert& named) {
  const catalog::Alert& alert = named.alert;
  const auto in_ms = [](const auto& at) { return at ? std::optional(to_ms(*at)) : std::nullopt; };
  json.object([&] {
    json.field("id", to_string(alert.id));
    json.field("camera_id", alert.camera ? std::optional(to_string(*alert.camera)) : std::nullopt);
    json.field("camera", alert.camera ? std::optional(named.camera_name) : std::nullopt);
    json.field("kind", alert.kind);
    json.field("detail", alert.detail);
    json.field("opened_at", in_ms(alert.opened_at));
    json.field("closed_at", in_ms(alert.closed_at));
  });
}

}  // namespace

Task<Response> list_alerts(Services& services, Request& request, const Visitor& visitor) {
  const auto query = read_alert_query(request, visitor);
  if (!query) co_return problem_response(query.error());
  Question<std::vector<catalog::NamedAlert>> question = [query = *query](catalog::Catalog& catalog) {
    return catalog::Alerts(catalog).page(query);
  };
  const auto page = co_await services.catalogs.ask(std::move(question));
  if (!page) co_return problem_response(page.error());
  JsonWriter json;
  json.object([&] {
    json.key("alerts").array([&] {
      for (const catalog::NamedAlert& one : *page) write_alert(json, one);
    });
    const bool full = page->size() == static_cast<std::size_t>(query->limit);
    json.field("next", full ? std::optional(cursor_text(catalog::AlertPageKey{*page->back().alert.opened_at,
                                                                              page->back().alert.id}))
                            : std::nullopt);
  });
  co_return json_response(200, std::move(json).text());
}

}  // namespace heliograph::http
