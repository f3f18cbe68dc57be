// Signed images: brought by people, fetched by cameras.
#include "server/cameras/releases.hpp"

#include "server/cameras/signed_image.hpp"
#include "server/http/api/accounts_api.hpp"
#include "server/http/api/device.hpp"
#include "server/http/api/firmware_json.hpp"

#include <memory>

namespace heliograph::http {
namespace {

// The largest image on a slow disk.
constexpr std::chrono::seconds sync_deadline{60};
constexpr std::string_view image_type = "application/octet-stream";

// A release on its way to the disk.
struct Arriving {
  ReleaseId id;
  store::NewFile file;
  store::Room room;
  cameras::SignedImage image{};
};

Task<Result<catalog::Release>> receive(Request& request, Arriving& arriving) {
  for (;;) {
    const auto piece = co_await request.body->next();
    if (!piece) co_return piece.error();
    if (piece->empty()) co_return arriving.image.finish();
    if (auto fed = arriving.image.feed(*piece); !fed) co_return fed.error();
    if (auto written = arriving.file.write(*piece); !written) co_return written.error();
  }
}

// Its file first, durably; then its row.
Task<Result<cameras::AddedRelease>> keep(Services& services, std::shared_ptr<Arriving> arriving,
                                         catalog::Release release, accounts::Actor actor) {
  std::function<Result<void>()> sync = [arriving] { return arriving->file.keep(); };
  const auto kept = co_await run_on<void>(services.cpu, sync_deadline, std::move(sync));
  if (!kept) co_return kept.error();
  Question<cameras::AddedRelease> question =
      [&store = services.store, release = std::move(release), tools = tools_of(services),
       actor = std::move(actor)](catalog::Catalog& catalog) -> Result<cameras::AddedRelease> {
    auto added = cameras::add_release(catalog, store, release);
    if (!added || !added->is_new) return added;
    const auto noted =
        accounts::note(catalog, tools, actor, "release-added", release.model + " " + release.version);
    if (!noted) return noted.error();
    return added;
  };
  co_return co_await services.catalogs.ask(std::move(question));
}

}  // namespace

Task<Response> add_release(Services& services, Request& request, const Visitor& visitor) {
  if (request.header("Content-Type") != image_type) {
    co_return problem_response(
        {ErrorKind::unsupported, "send the signed image as " + std::string(image_type)});
  }
  auto room = services.space.reserve(request.body->length());
  if (!room) co_return problem_response(room.error());
  const auto id = services.ids.next<ReleaseId>();
  auto file = services.store.create_release(id);
  if (!file) co_return problem_response(file.error());
  auto arriving = std::make_shared<Arriving>(Arriving{id, std::move(*file), std::move(*room)});
  auto release = co_await receive(request, *arriving);
  if (!release) co_return problem_response(release.error());
  release->id = id;
  release->actor = visitor.name;
  release->created_at = services.clock.now();
  const auto added = co_await keep(services, arriving, std::move(*release), actor_of(visitor, request));
  if (!added) co_return problem_response(added.error());
  JsonWriter json;
  write_release(json, added->release);
  co_return json_response(added->is_new ? 201 : 200, std::move(json).text());
}

Task<Response> list_releases(Services& services, Request&, const Visitor&) {
  Question<std::vector<catalog::Release>> question = [](catalog::Catalog& catalog) {
    return catalog::Firmware(catalog).releases();
  };
  const auto releases = co_await services.catalogs.ask(std::move(question));
  co_return releases ? json_response(200, releases_json(*releases)) : problem_response(releases.error());
}

Task<Response> remove_release(Services& services, Request& request, const Visitor& visitor) {
  const auto id = read_id<ReleaseId>(request.captures[0], "release");
  if (!id) co_return problem_response(id.error());
  Question<catalog::Release> question =
      [id = *id, &store = services.store, tools = tools_of(services),
       actor = actor_of(visitor, request)](catalog::Catalog& catalog) -> Result<catalog::Release> {
    auto removed = cameras::remove_release(catalog, store, id);
    if (!removed) return removed;
    const auto noted =
        accounts::note(catalog, tools, actor, "release-removed", removed->model + " " + removed->version);
    if (!noted) return noted.error();
    return removed;
  };
  const auto removed = co_await services.catalogs.ask(std::move(question));
  co_return removed ? no_content() : problem_response(removed.error());
}

// Only what the camera was told to take.
Task<Response> get_firmware(Services& services, Request& request) {
  const auto sender = read_sender(request);
  if (!sender) co_return problem_response(sender.error());
  if (const auto signed_so = is_as_signed(*sender, ""); !signed_so)
    co_return problem_response(signed_so.error());
  const auto camera = co_await speaker(services, *sender);
  if (!camera) co_return problem_response(camera.error());
  const Error none{ErrorKind::not_found, "there is no release " + request.captures[0] + " for this camera"};
  const auto id = parse_id<ReleaseId>(request.captures[0]);
  if (!id) co_return problem_response(none);
  Question<catalog::Release> question = [id = *id, camera = *camera,
                                         none](catalog::Catalog& catalog) -> Result<catalog::Release> {
    catalog::Firmware firmware(catalog);
    const auto allowed = firmware.may_fetch(camera, id);
    if (!allowed) return allowed.error();
    if (!*allowed) return none;
    return firmware.release(id);
  };
  const auto release = co_await services.catalogs.ask(std::move(question));
  if (!release) co_return problem_response(release.error());
  Response response;
  response.content_type = image_type;
  response.body = FileBody{services.store.path_of(store::release_key(*id)).string(), to_hex(release->sha256),
                           release->created_at};
  co_return response;
}

}  // namespace heliograph::http
