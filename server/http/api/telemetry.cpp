// What a camera measured, over time.
#include "server/catalog/series.hpp"
#include "server/http/api/accounts_api.hpp"
#include "server/http/api/gate.hpp"
#include "server/http/api/image_json.hpp"
#include "server/http/api/telemetry_query.hpp"

namespace heliograph::http {
namespace {

// Spans of one answer: more than a screen has columns.
constexpr std::int64_t max_spans = 2000;

// As asked; as fine as an answer can be when nothing was asked.
Result<std::chrono::milliseconds> step_of(const TelemetryRange& range) {
  const auto step =
      in_whole_slots(range.step.value_or(std::chrono::milliseconds(range.length_ms() / max_spans)));
  if (range.length_ms() / step.count() <= max_spans) return step;
  return Error{ErrorKind::bad_request, "that would be more than " + std::to_string(max_spans) +
                                           " spans: ask for a longer step or a shorter time"};
}

}  // namespace

Task<Response> get_telemetry(Services& services, Request& request, const Visitor& visitor) {
  const auto camera = allowed_camera(visitor, accounts::Right::view, request.captures[0]);
  if (!camera) co_return problem_response(camera.error());
  const auto range = read_telemetry_range(request, services.clock.now());
  if (!range) co_return problem_response(range.error());
  const auto step = step_of(*range);
  if (!step) co_return problem_response(step.error());
  Question<std::vector<catalog::TelemetrySpan>> question =
      [camera = *camera, range = *range,
       step = *step](catalog::Catalog& catalog) -> Result<std::vector<catalog::TelemetrySpan>> {
    if (const auto known = catalog.camera_by_id(camera); !known) return known.error();
    return catalog::Series(catalog).spans(camera, range.from, range.to, step);
  };
  const auto spans = co_await services.catalogs.ask(std::move(question));
  if (!spans) co_return problem_response(spans.error());
  JsonWriter json;
  json.object([&] {
    json.field("step_ms", step->count());
    json.key("spans").array([&] {
      for (const catalog::TelemetrySpan& span : *spans) {
        json.object([&] {
          json.field("at", to_ms(span.at));
          write_telemetry(json.key("least"), span.least);
          write_telemetry(json.key("most"), span.most);
        });
      }
    });
  });
  co_return json_response(200, std::move(json).text());
}

}  // namespace heliograph::http
