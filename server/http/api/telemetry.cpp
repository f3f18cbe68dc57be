// What a camera measured, over time.
#include "server/catalog/series.hpp"
#include "server/http/api/accounts_api.hpp"
#include "server/http/api/gate.hpp"
#include "server/http/api/image_json.hpp"
#include "server/http/api/numbers.hpp"

namespace heliograph::http {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds slot = catalog::telemetry_slot;
// Spans of one answer: more than a screen has columns.
constexpr std::int64_t max_spans = 2000;
constexpr std::chrono::hours usual_range{24};
// How far apart two times may be: a century in milliseconds, which no sum below overflows.
constexpr std::int64_t max_time_ms = 4'102'444'800'000;

struct Range {
  Timestamp from;
  Timestamp to;
  milliseconds step{};
};

Result<std::optional<std::int64_t>> number_in(const Request& request, std::string_view name) {
  const auto text = request.query_value(name);
  if (!text) return std::optional<std::int64_t>{};
  const auto number = read_integer(*text);
  if (number && *number >= 0 && *number <= max_time_ms) return number;
  return Error{ErrorKind::bad_request,
               "`" + std::string(name) + "` must be a whole number from 0 to " + std::to_string(max_time_ms)};
}

Result<Range> read_range(const Request& request, Timestamp now) {
  const auto from = number_in(request, "from");
  if (!from) return from.error();
  const auto to = number_in(request, "to");
  if (!to) return to.error();
  const auto step = number_in(request, "step");
  if (!step) return step.error();
  Range range;
  range.to = *to ? from_ms(**to) : now;
  range.from = *from ? from_ms(**from) : range.to - usual_range;
  if (range.from >= range.to) return Error{ErrorKind::bad_request, "`from` must be before `to`"};
  // As asked, in whole slots; as fine as an answer can be when nothing was asked.
  const std::int64_t whole = (range.to - range.from).count();
  const std::int64_t wanted = step->value_or(whole / max_spans);
  range.step = slot * std::max<std::int64_t>(1, (wanted + slot.count() - 1) / slot.count());
  if (whole / range.step.count() > max_spans) {
    return Error{ErrorKind::bad_request, "that would be more than " + std::to_string(max_spans) +
                                             " spans: ask for a longer step or a shorter time"};
  }
  return range;
}

}  // namespace

Task<Response> get_telemetry(Services& services, Request& request, const Visitor& visitor) {
  const auto camera = allowed_camera(visitor, accounts::Right::view, request.captures[0]);
  if (!camera) co_return problem_response(camera.error());
  const auto range = read_range(request, services.clock.now());
  if (!range) co_return problem_response(range.error());
  Question<std::vector<catalog::TelemetrySpan>> question =
      [camera = *camera,
       range = *range](catalog::Catalog& catalog) -> Result<std::vector<catalog::TelemetrySpan>> {
    if (const auto known = catalog.camera_by_id(camera); !known) return known.error();
    return catalog::Series(catalog).spans(camera, range.from, range.to, range.step);
  };
  const auto spans = co_await services.catalogs.ask(std::move(question));
  if (!spans) co_return problem_response(spans.error());
  JsonWriter json;
  json.object([&] {
    json.field("step_ms", range->step.count());
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
