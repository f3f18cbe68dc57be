// What boards are flashed with the first time: brought by people beside a release, fetched by the page that
// flashes them.
#include "server/cameras/flash_image.hpp"
#include "server/cameras/releases.hpp"
#include "server/http/api/accounts_api.hpp"

#include <memory>

namespace heliograph::http {
namespace {

// The largest one on a slow disk.
constexpr std::chrono::seconds sync_deadline{60};
constexpr std::string_view image_type = "application/octet-stream";

void write_flash_image(JsonWriter& json, const cameras::KeptFlashImage& kept) {
  json.object([&] {
    json.field("release", to_string(kept.release));
    json.field("chip", kept.chip);
    json.field("size_bytes", static_cast<std::int64_t>(kept.size_bytes));
  });
}

// On its way to the disk.
struct Arriving {
  store::NewFile file;
  store::Room room;
  cameras::FlashImage image;
};

Task<Result<cameras::KeptFlashImage>> receive(Request& request, ReleaseId release, Arriving& arriving) {
  for (;;) {
    const auto piece = co_await request.body->next();
    if (!piece) co_return piece.error();
    if (piece->empty()) break;
    arriving.image.feed(*piece);
    if (auto written = arriving.file.write(*piece); !written) co_return written.error();
  }
  const auto chip = arriving.image.finish();
  if (!chip) co_return chip.error();
  co_return cameras::KeptFlashImage{release, *chip, arriving.image.size_bytes()};
}

Task<Result<catalog::Release>> find_release(Services& services, ReleaseId id) {
  Question<catalog::Release> question = [id](catalog::Catalog& catalog) {
    return catalog::Firmware(catalog).release(id);
  };
  co_return co_await services.catalogs.ask(std::move(question));
}

// Durably, in the place of an older one.
Task<Result<void>> keep(Services& services, ReleaseId id, std::shared_ptr<Arriving> arriving,
                        accounts::Actor actor) {
  std::function<Result<void>()> put = [&store = services.store, id, arriving]() -> Result<void> {
    if (auto kept = arriving->file.keep(); !kept) return kept;
    return store.put_flash_image(id);
  };
  const auto kept = co_await run_on<void>(services.cpu, sync_deadline, std::move(put));
  if (!kept) co_return kept.error();
  Question<void> question = [id, tools = tools_of(services),
                             actor = std::move(actor)](catalog::Catalog& catalog) -> Result<void> {
    // One that was removed meanwhile leaves its flash image to the next start.
    const auto release = catalog::Firmware(catalog).release(id);
    if (!release) return release.error();
    return accounts::note(catalog, tools, actor, "flash-image-added",
                          release->model + " " + release->version);
  };
  co_return co_await services.catalogs.ask(std::move(question));
}

}  // namespace

Task<Response> list_flash_images(Services& services, Request&, const Visitor&) {
  Question<std::vector<cameras::KeptFlashImage>> question = [&store = services.store](catalog::Catalog&) {
    return cameras::flash_images(store);
  };
  const auto images = co_await services.catalogs.ask(std::move(question));
  if (!images) co_return problem_response(images.error());
  JsonWriter json;
  json.object([&] {
    json.key("flash_images").array([&] {
      for (const cameras::KeptFlashImage& kept : *images) write_flash_image(json, kept);
    });
  });
  co_return json_response(200, std::move(json).text());
}

Task<Response> put_flash_image(Services& services, Request& request, const Visitor& visitor) {
  const auto id = read_id<ReleaseId>(request.captures[0], "release");
  if (!id) co_return problem_response(id.error());
  if (request.header("Content-Type") != image_type) {
    co_return problem_response(
        {ErrorKind::unsupported, "send the flash image as " + std::string(image_type)});
  }
  const auto release = co_await find_release(services, *id);
  if (!release) co_return problem_response(release.error());
  auto room = services.space.reserve(request.body->length());
  if (!room) co_return problem_response(room.error());
  auto file = services.store.create_flash_image(*id);
  if (!file) co_return problem_response(file.error());
  auto arriving =
      std::make_shared<Arriving>(Arriving{std::move(*file), std::move(*room), cameras::FlashImage(*release)});
  const auto received = co_await receive(request, *id, *arriving);
  if (!received) co_return problem_response(received.error());
  const auto kept = co_await keep(services, *id, arriving, actor_of(visitor, request));
  if (!kept) co_return problem_response(kept.error());
  JsonWriter json;
  write_flash_image(json, *received);
  co_return json_response(200, std::move(json).text());
}

Task<Response> get_flash_image(Services& services, Request& request, const Visitor&) {
  const auto id = read_id<ReleaseId>(request.captures[0], "release");
  if (!id) co_return problem_response(id.error());
  const auto release = co_await find_release(services, *id);
  if (!release) co_return problem_response(release.error());
  const std::string key = store::flash_image_key(*id);
  const auto modified = services.store.modified(key);
  if (!modified) {
    co_return problem_response({ErrorKind::not_found, "nobody has brought a flash image of " +
                                                          release->model + " " + release->version});
  }
  Response response;
  response.content_type = image_type;
  // One takes the place of another, of the same size perhaps, and never at the same moment.
  response.body = FileBody{services.store.path_of(key).string(), std::to_string(to_ms(*modified)), *modified};
  co_return response;
}

}  // namespace heliograph::http
