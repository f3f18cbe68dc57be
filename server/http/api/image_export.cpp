// Images as a table: what is known of each, and what people said about it.
#include "server/http/api/accounts_api.hpp"
#include "server/http/api/detection_json.hpp"
#include "server/http/api/export_response.hpp"
#include "server/http/api/filter_query.hpp"
#include "server/http/api/gallery_query.hpp"
#include "server/http/api/image_detail.hpp"
#include "server/http/api/image_json.hpp"
#include "server/http/api/json_body.hpp"
#include "server/http/api/selection.hpp"
#include "server/store/names.hpp"

#include <algorithm>
#include <map>

namespace heliograph::http {
namespace {

// Rows of one question: four looks by the image's id for each, together some milliseconds, for which others
// wait where there is one connection.
constexpr std::size_t page_rows = 100;

struct Record {
  ImageDetail detail;
  std::string camera;  // its name
};
using Records = std::vector<Record>;

Result<Records> read_records(catalog::Catalog& catalog, std::vector<catalog::FiledImage> images) {
  std::map<CameraId, std::string> names;
  Records records;
  for (catalog::FiledImage& filed : images) {
    const CameraId id = filed.image.camera;
    if (!names.contains(id)) {
      // By its folder also a camera is found that was removed: its images stay.
      auto camera = catalog.camera_by_folder(filed.folder);
      if (!camera) return camera.error();
      names[id] = std::move(camera->name);
    }
    auto detail = read_detail(catalog, std::move(filed));
    if (!detail) return detail.error();
    records.push_back({std::move(*detail), names[id]});
  }
  return records;
}

TableWriter new_table(TableFormat format) {
  std::vector<std::string> columns{"id",    "filename", "camera_id",  "camera", "captured_at", "received_at",
                                   "width", "height",   "size_bytes", "sha256", "starred",     "salvaged",
                                   "tags",  "note",     "motion",     "labels", "detections"};
  for (const TelemetryField& field : telemetry_fields().first(telemetry_fields_of_image))
    columns.emplace_back(field.name);
  return {format, std::move(columns)};
}

void write_record(TableWriter& table, const Record& record) {
  const catalog::Image& image = record.detail.filed.image;
  table.text(to_string(image.id));
  table.text(store::image_filename({image.captured_at, image.id}));
  table.text(to_string(image.camera));
  table.text(record.camera);
  table.text(to_iso(image.captured_at));
  table.text(to_iso(image.received_at));
  table.number(image.width);
  table.number(image.height);
  table.number(image.size_bytes);
  table.text(to_hex(image.sha256));
  table.truth(image.starred);
  table.truth(image.salvaged);
  table.list(record.detail.tags);
  table.text(record.detail.note);
  table.share(image.motion_ppm ? std::optional(fraction(*image.motion_ppm)) : std::nullopt);
  table.list(labels_of(record.detail.findings));
  JsonWriter detections;
  write_detections(detections, record.detail.findings);
  table.json(detections.text());
  const protocol::Telemetry telemetry = record.detail.telemetry.value_or(protocol::Telemetry{});
  for (const TelemetryField& field : telemetry_fields().first(telemetry_fields_of_image))
    table.number(telemetry.*field.member);
}

Task<void> send_choice(Services& services, TableFormat format, Choice choice, catalog::ImageQuery query,
                       std::optional<std::vector<CameraId>> seen, BodyWriter& writer) {
  TableWriter table = new_table(format);
  query.filter = choice.filter;
  query.limit = page_rows;
  for (bool more = true; more;) {
    Question<Records> question = [choice, query, seen](catalog::Catalog& catalog) mutable -> Result<Records> {
      const auto cameras = cameras_of(catalog, choice, seen);
      if (!cameras) return cameras.error();
      query.among = *cameras;
      auto page = catalog.images(query);
      if (!page) return page.error();
      return read_records(catalog, std::move(*page));
    };
    const Records page = known_page(co_await services.catalogs.ask(std::move(question)));
    for (const Record& record : page) write_record(table, record);
    more = page.size() == page_rows;
    if (more) {
      const catalog::Image& last = page.back().detail.filed.image;
      query.after = catalog::PageKey{last.captured_at, last.id};
    } else {
      table.finish();
    }
    if (const auto sent = co_await writer.write(table.take()); !sent) co_return;
  }
}

// Those that are there. The rest is left out in silence: whoever chose them saw them a moment ago.
Question<Records> about_images(std::vector<ImageId> ids) {
  return [ids = std::move(ids)](catalog::Catalog& catalog) -> Result<Records> {
    std::vector<catalog::FiledImage> found;
    for (const ImageId id : ids) {
      auto filed = catalog.image(id);
      if (filed) found.push_back(std::move(*filed));
      if (!filed && filed.error().kind != ErrorKind::not_found) return filed.error();
    }
    return read_records(catalog, std::move(found));
  };
}

Task<void> send_images(Services& services, TableFormat format, std::vector<ImageId> wanted, Visitor visitor,
                       BodyWriter& writer) {
  TableWriter table = new_table(format);
  for (std::span<const ImageId> rest = wanted; !rest.empty();) {
    const auto next = rest.first(std::min(rest.size(), page_rows));
    rest = rest.subspan(next.size());
    const Records page = known_page(co_await services.catalogs.ask(about_images({next.begin(), next.end()})));
    for (const Record& record : page) {
      if (visitor.may(accounts::Right::view, record.detail.filed.image.camera)) write_record(table, record);
    }
    if (const auto sent = co_await writer.write(table.take()); !sent) co_return;
  }
  table.finish();
  static_cast<void>(co_await writer.write(table.take()));
}

constexpr std::string_view file_of = "pictures";

}  // namespace

Task<Response> export_images(Services& services, Request& request, const Visitor& visitor) {
  const auto format = read_table_format(request);
  if (!format) co_return problem_response(format.error());
  auto choice = read_choice(request);
  if (!choice) co_return problem_response(choice.error());
  auto query = read_page_query(request);
  if (!query) co_return problem_response(query.error());
  co_return export_response(services, *format, file_of,
                            [&services, format = *format, choice = std::move(*choice),
                             query = std::move(*query), seen = visitor.seen()](BodyWriter& writer) {
                              return send_choice(services, format, choice, query, seen, writer);
                            });
}

Task<Response> export_chosen_images(Services& services, Request& request, const Visitor& visitor) {
  static constexpr std::string_view members[] = {"images"};
  const auto format = read_table_format(request);
  if (!format) co_return problem_response(format.error());
  const auto body = co_await read_object(request, members);
  if (!body) co_return problem_response(body.error());
  auto wanted = read_images(*body, max_images_of_file);
  if (!wanted) co_return problem_response(wanted.error());
  co_return export_response(
      services, *format, file_of,
      [&services, format = *format, wanted = std::move(*wanted), visitor](BodyWriter& writer) {
        return send_images(services, format, wanted, visitor, writer);
      });
}

}  // namespace heliograph::http
