#include "server/http/api/gallery_query.hpp"
#include "server/http/api/gate.hpp"
#include "server/http/api/handlers.hpp"
#include "server/http/api/quarantine_json.hpp"

namespace heliograph::http {
namespace {

using catalog::FiledQuarantined;

Error nothing_there(const std::string& id) {
  return {ErrorKind::not_found, "there is nothing in quarantine as " + id};
}

std::string page_json(const std::vector<FiledQuarantined>& page, bool full) {
  JsonWriter json;
  json.object([&] {
    json.key("quarantine").array([&] {
      for (const FiledQuarantined& filed : page) write_quarantined(json, filed.bytes);
    });
    json.key("next");
    if (full) {
      const catalog::Quarantined& last = page.back().bytes;
      json.value(cursor_text(catalog::QuarantineKey{last.received_at, last.id}));
    } else {
      json.value(nullptr);
    }
  });
  return std::move(json).text();
}

// What the path names, if the visitor may do this with it. A coroutine's text by value: it outlives its
// caller's.
Task<Result<FiledQuarantined>> find(Services& services, std::string text, const Visitor& visitor,
                                    accounts::Right right) {
  const auto id = parse_id<QuarantineId>(text);
  if (!id) co_return nothing_there(text);
  std::function<Result<FiledQuarantined>(catalog::Catalog&)> question =
      [id = *id](catalog::Catalog& catalog) { return catalog.quarantined(id); };
  auto filed = co_await services.catalogs.ask(std::move(question));
  if (!filed) co_return filed;
  if (auto allowed = allow(visitor, right, filed->bytes.camera, nothing_there(text)); !allowed) {
    co_return allowed.error();
  }
  co_return filed;
}

std::string key_of(const FiledQuarantined& filed) {
  return store::quarantine_key(filed.folder, {filed.bytes.received_at, filed.bytes.id});
}

}  // namespace

Task<Response> list_quarantine(Services& services, Request& request, const Visitor& visitor) {
  const auto camera = allowed_camera(visitor, accounts::Right::view, request.captures[0]);
  if (!camera) co_return problem_response(camera.error());
  const auto page = read_quarantine_page(request);
  if (!page) co_return problem_response(page.error());
  std::function<Result<std::vector<FiledQuarantined>>(catalog::Catalog&)> question =
      [camera = *camera, page = *page](catalog::Catalog& catalog) -> Result<std::vector<FiledQuarantined>> {
    if (const auto known = catalog.camera_record(camera); !known) return known.error();
    return catalog.quarantine(camera, page.after, page.limit);
  };
  const auto found = co_await services.catalogs.ask(std::move(question));
  if (!found) co_return problem_response(found.error());
  co_return json_response(200, page_json(*found, found->size() == static_cast<std::size_t>(page->limit)));
}

Task<Response> get_quarantined(Services& services, Request& request, const Visitor& visitor) {
  const auto filed = co_await find(services, request.captures[0], visitor, accounts::Right::view);
  if (!filed) co_return problem_response(filed.error());
  JsonWriter json;
  write_quarantined(json, filed->bytes);
  co_return json_response(200, std::move(json).text());
}

// Whatever it is, no browser must take it for a page of ours: it is only ever saved.
Task<Response> get_quarantined_bytes(Services& services, Request& request, const Visitor& visitor) {
  const auto filed = co_await find(services, request.captures[0], visitor, accounts::Right::view);
  if (!filed) co_return problem_response(filed.error());
  const catalog::Quarantined& bytes = filed->bytes;
  Response response;
  response.content_type = "application/octet-stream";
  const std::string filename = store::quarantine_filename({bytes.received_at, bytes.id});
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + filename + "\"");
  response.body =
      FileBody{services.store.path_of(key_of(*filed)).string(), to_hex(bytes.sha256), bytes.received_at};
  co_return response;
}

Task<Response> delete_quarantined(Services& services, Request& request, const Visitor& visitor) {
  const auto filed = co_await find(services, request.captures[0], visitor, accounts::Right::operate);
  if (!filed) co_return problem_response(filed.error());
  // The row first: a file that is left without one is found by the next check, a row without a file is a
  // fault.
  std::function<Result<void>(catalog::Catalog&)> change =
      [&store = services.store, filed = *filed](catalog::Catalog& catalog) -> Result<void> {
    if (auto gone = catalog.remove_quarantined({&filed.bytes.id, 1}); !gone) return gone;
    const auto removed = store.remove(key_of(filed));
    if (!removed && removed.error().kind != ErrorKind::not_found) return removed.error();
    return {};
  };
  const auto gone = co_await services.catalogs.ask(std::move(change));
  if (!gone) co_return problem_response(gone.error());
  Response response;
  response.status = 204;
  co_return response;
}

}  // namespace heliograph::http
