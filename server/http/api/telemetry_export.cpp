// What a camera measured, as a table: a row for each span in which something was told.
#include "server/catalog/series.hpp"
#include "server/http/api/accounts_api.hpp"
#include "server/http/api/export_response.hpp"
#include "server/http/api/gate.hpp"
#include "server/http/api/image_json.hpp"
#include "server/http/api/telemetry_query.hpp"
#include "server/store/names.hpp"

#include <algorithm>

namespace heliograph::http {
namespace {

using Spans = std::vector<catalog::TelemetrySpan>;
using std::chrono::milliseconds;

// Spans of one question: a week of five minutes, some milliseconds.
constexpr std::int64_t page_spans = 2000;

TableWriter new_table(TableFormat format) {
  std::vector<std::string> columns{"camera_id", "camera", "at"};
  for (const TelemetryField& field : telemetry_fields()) {
    columns.push_back(std::string(field.name) + "_least");
    columns.push_back(std::string(field.name) + "_most");
  }
  return {format, std::move(columns)};
}

void write_span(TableWriter& table, const catalog::Camera& camera, const catalog::TelemetrySpan& span) {
  table.text(to_string(camera.id));
  table.text(camera.name);
  table.text(to_iso(span.at));
  for (const TelemetryField& field : telemetry_fields()) {
    table.number(span.least.*field.member);
    table.number(span.most.*field.member);
  }
}

// A page ends where a span does, so that none is cut in two.
Timestamp end_of_page(const TelemetryRange& range, milliseconds step) {
  const auto into_span = milliseconds(to_ms(range.from) % step.count());
  return std::min(range.to, range.from - into_span + step * page_spans);
}

Task<void> send_spans(Services& services, TableFormat format, catalog::Camera camera, TelemetryRange range,
                      BodyWriter& writer) {
  TableWriter table = new_table(format);
  const milliseconds step = in_whole_slots(range.step.value_or(catalog::telemetry_slot));
  while (range.from < range.to) {
    const Timestamp end = end_of_page(range, step);
    Question<Spans> question = [camera = camera.id, from = range.from, end, step](catalog::Catalog& catalog) {
      return catalog::Series(catalog).spans(camera, from, end, step);
    };
    const Spans page = known_page(co_await services.catalogs.ask(std::move(question)));
    for (const catalog::TelemetrySpan& span : page) write_span(table, camera, span);
    if (const auto sent = co_await writer.write(table.take()); !sent) co_return;
    range.from = end;
  }
  table.finish();
  static_cast<void>(co_await writer.write(table.take()));
}

}  // namespace

Task<Response> export_telemetry(Services& services, Request& request, const Visitor& visitor) {
  const auto id = allowed_camera(visitor, accounts::Right::view, request.captures[0]);
  if (!id) co_return problem_response(id.error());
  const auto format = read_table_format(request);
  if (!format) co_return problem_response(format.error());
  const auto range = read_telemetry_range(request, services.clock.now());
  if (!range) co_return problem_response(range.error());
  Question<catalog::Camera> question = [id = *id](catalog::Catalog& catalog) {
    return catalog.camera_by_id(id);
  };
  const auto camera = co_await services.catalogs.ask(std::move(question));
  if (!camera) co_return problem_response(camera.error());
  co_return export_response(
      services, *format, "telemetry-" + store::folder_from_name(camera->name),
      [&services, format = *format, camera = *camera, range = *range](BodyWriter& writer) {
        return send_spans(services, format, camera, range, writer);
      });
}

}  // namespace heliograph::http
