#include "server/http/api/gate.hpp"
#include "server/http/api/handlers.hpp"
#include "server/jobs/thumbnail_job.hpp"

#include <filesystem>

namespace heliograph::http {
namespace {

// A thumbnail takes 20 ms; this leaves room for a queue of them on a small machine.
constexpr std::chrono::seconds thumbnail_deadline{20};

Error no_such_image(std::string_view filename) {
  return {ErrorKind::not_found, "there is no image called " + std::string(filename)};
}

// The image whose file name this is, to the letter, if the visitor may see it. A coroutine's text by value:
// it outlives its caller's.
Task<Result<catalog::FiledImage>> find_by_filename(Services& services, std::string filename,
                                                   const Visitor& visitor) {
  const auto name = store::parse_image_filename(filename);
  if (!name) co_return no_such_image(filename);
  std::function<Result<catalog::FiledImage>(catalog::Catalog&)> question =
      [id = name->id](catalog::Catalog& catalog) { return catalog.image(id); };
  auto filed = co_await services.catalogs.ask(std::move(question));
  const bool unknown = filed ? filed->image.captured_at != name->captured_at  // another name for the same id
                             : filed.error().kind == ErrorKind::not_found;
  if (unknown) co_return no_such_image(filename);
  if (!filed) co_return filed;
  const CameraId camera = filed->image.camera;
  if (auto seen = allow(visitor, accounts::Right::view, camera, no_such_image(filename)); !seen) {
    co_return seen.error();
  }
  co_return filed;
}

Response jpeg_file(std::string path, std::string etag, Timestamp modified) {
  Response response;
  response.content_type = "image/jpeg";
  response.cache = Cache::immutable;
  response.body = FileBody{std::move(path), std::move(etag), modified};
  return response;
}

}  // namespace

Task<Response> get_original(Services& services, Request& request, const Visitor& visitor) {
  const auto filed = co_await find_by_filename(services, request.captures[0], visitor);
  if (!filed) co_return problem_response(filed.error());
  const catalog::Image& image = filed->image;
  const std::string key = store::image_key(filed->folder, {image.captured_at, image.id});
  co_return jpeg_file(services.store.path_of(key).string(), to_hex(image.sha256), image.received_at);
}

Task<Response> get_thumbnail(Services& services, Request& request, const Visitor& visitor) {
  const auto filed = co_await find_by_filename(services, request.captures[0], visitor);
  if (!filed) co_return problem_response(filed.error());
  const catalog::Image& image = filed->image;
  const auto path =
      services.store.path_of(store::thumbnail_key(filed->folder, {image.captured_at, image.id}));
  if (!std::filesystem::exists(path)) {  // the job has not run yet, or somebody made room
    std::function<Result<Sha256Digest>()> work = [&store = services.store, filed = *filed] {
      return jobs::make_thumbnail_file(store, filed);
    };
    const auto made = co_await run_on<Sha256Digest>(services.cpu, thumbnail_deadline, std::move(work));
    if (!made && made.error().kind == ErrorKind::unprocessable) {
      co_return problem_response(
          {ErrorKind::not_found, "this image cannot be decoded: " + made.error().detail});
    }
    if (!made) co_return problem_response(made.error());
  }
  co_return jpeg_file(path.string(), to_hex(image.sha256) + "-thumbnail", image.received_at);
}

}  // namespace heliograph::http
