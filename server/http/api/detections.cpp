// What programs found in images: told by them, and listed for choosing from.
#include "server/catalog/detections.hpp"

#include "server/http/api/accounts_api.hpp"
#include "server/http/api/detection_json.hpp"
#include "server/http/api/findings_input.hpp"
#include "server/http/api/gate.hpp"
#include "server/http/api/json_body.hpp"

namespace heliograph::http {
namespace {

struct Told {
  CameraId camera;
  std::vector<catalog::Findings> findings;  // of the whole image, by now
};

}  // namespace

Task<Response> put_detections(Services& services, Request& request, const Visitor& visitor) {
  static constexpr std::string_view members[] = {"source", "detections"};
  const std::string id_text = request.captures[0];
  const Error missing{ErrorKind::not_found, "there is no image " + id_text};
  const auto id = parse_id<ImageId>(id_text);
  if (!id) co_return problem_response(missing);
  const auto body = co_await read_object(request, members);
  if (!body) co_return problem_response(body.error());
  const auto findings = read_findings(*body);
  if (!findings) co_return problem_response(findings.error());
  Question<Told> question = [id = *id, findings = *findings, visitor,
                             missing](catalog::Catalog& catalog) -> Result<Told> {
    const auto filed = catalog.image(id);
    if (!filed) return filed.error();
    const CameraId camera = filed->image.camera;
    if (auto allowed = allow(visitor, accounts::Right::operate, camera, missing); !allowed)
      return allowed.error();
    catalog::Detections detections(catalog);
    if (auto replaced = detections.replace(id, findings); !replaced) return replaced.error();
    auto all = detections.of(id);
    if (!all) return all.error();
    return Told{camera, std::move(*all)};
  };
  const auto told = co_await services.catalogs.change(std::move(question));
  if (!told) co_return problem_response(told.error());
  services.changes.publish(image_analysed(*id, told->camera));
  JsonWriter json;
  json.object([&] {
    json.field("id", id_text);
    json.key("detections");
    write_detections(json, told->findings);
  });
  co_return json_response(200, std::move(json).text());
}

Task<Response> list_labels(Services& services, Request&, const Visitor& visitor) {
  Question<std::vector<catalog::LabelCount>> question = [seen = visitor.seen()](catalog::Catalog& catalog) {
    return catalog::Detections(catalog).all_labels(seen);
  };
  const auto labels = co_await services.catalogs.ask(std::move(question));
  if (!labels) co_return problem_response(labels.error());
  JsonWriter json;
  json.object([&] {
    json.key("labels").array([&] {
      for (const catalog::LabelCount& count : *labels) {
        json.object([&] {
          json.field("label", count.label);
          json.field("images", count.images);
        });
      }
    });
  });
  co_return json_response(200, std::move(json).text());
}

}  // namespace heliograph::http
