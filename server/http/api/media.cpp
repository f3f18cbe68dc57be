#include "server/http/api/media.hpp"

#include "server/http/api/handlers.hpp"
#include "server/jobs/thumbnail_job.hpp"
#include "server/media/metadata.hpp"

#include <filesystem>
#include <memory>
#include <stdexcept>

namespace heliograph::http {
namespace {

// A thumbnail takes 20 ms; this leaves room for a queue of them on a small machine.
constexpr std::chrono::seconds thumbnail_deadline{20};
// Bytes of a file that are read at once: all that a slow reader costs, twice.
constexpr std::uint64_t piece_bytes = 64ULL * 1024;

// Seen by the visitor, or not there: what is in the trash is seen by those who may take it out. A coroutine's
// text by value: it outlives its caller's.
Task<Result<catalog::FiledImage>> find_by_filename(Services& services, std::string filename,
                                                   const Visitor& visitor) {
  std::function<Result<catalog::FiledImage>(catalog::Catalog&)> question =
      [filename](catalog::Catalog& catalog) { return stored_by_filename(catalog, filename); };
  auto filed = co_await services.catalogs.ask(std::move(question));
  if (!filed) co_return filed;
  const CameraId camera = filed->image.camera;
  const auto right = filed->image.trashed_at ? accounts::Right::operate : accounts::Right::view;
  if (!visitor.may(right, camera)) co_return no_such_image(filename);
  co_return filed;
}

Response jpeg_response(Cache cache) {
  Response response;
  response.content_type = "image/jpeg";
  response.cache = cache;
  return response;
}

std::string key_of(const catalog::FiledImage& filed) {
  return store::image_key(filed.folder, {filed.image.captured_at, filed.image.id});
}

// A file on its way through the filter.
struct BareFile {
  std::string key;
  std::uint64_t size = 0;
  std::uint64_t offset = 0;
  media::MetadataFilter filter{};
  std::vector<std::uint8_t> kept{};  // of the piece in hand

  bool at_end() const { return offset >= size; }
};

// On the net thread, as sendfile reads: a piece takes some microseconds, and no queue can be too full for it
// when the half of a picture has been sent.
Result<void> read_piece(const store::ImageStore& store, BareFile& file) {
  file.kept.clear();
  Result<void> filtered;
  const auto read =
      store.read_pieces(file.key, file.offset, piece_bytes, [&](std::span<const std::uint8_t> bytes) {
        if (filtered) filtered = file.filter.feed(bytes, file.kept);
      });
  if (!read) return read.error();
  file.offset += piece_bytes;
  if (filtered && file.at_end()) return file.filter.finish();
  return filtered;
}

Task<void> send_pieces(Services& services, std::shared_ptr<BareFile> file, BodyWriter& writer) {
  for (;;) {
    const std::string_view bytes(reinterpret_cast<const char*>(file->kept.data()), file->kept.size());
    const auto sent = co_await writer.write(bytes);
    if (!sent || file->at_end()) co_return;
    const auto read = read_piece(services.store, *file);
    // Thrown, so that the reader does not take for whole what is not.
    if (!read) throw std::runtime_error("a picture broke off: " + read.error().detail);
  }
}

}  // namespace

Error no_such_image(std::string_view filename) {
  return {ErrorKind::not_found, "there is no image called " + std::string(filename)};
}

Result<catalog::FiledImage> image_by_filename(catalog::Catalog& catalog, std::string_view filename) {
  auto filed = stored_by_filename(catalog, filename);
  if (filed && filed->image.trashed_at) return no_such_image(filename);
  return filed;
}

Result<catalog::FiledImage> stored_by_filename(catalog::Catalog& catalog, std::string_view filename) {
  const auto name = store::parse_image_filename(filename);
  if (!name) return no_such_image(filename);
  auto filed = catalog.stored_image(name->id);
  const bool unknown = filed ? filed->image.captured_at != name->captured_at  // another name for the same id
                             : filed.error().kind == ErrorKind::not_found;
  if (unknown) return no_such_image(filename);
  return filed;
}

Response original_file(const Services& services, const catalog::FiledImage& filed, Cache cache) {
  Response response = jpeg_response(cache);
  response.body = FileBody{services.store.path_of(key_of(filed)).string(), to_hex(filed.image.sha256),
                           filed.image.received_at};
  return response;
}

Task<Response> bare_original(Services& services, catalog::FiledImage filed) {
  auto file = std::make_shared<BareFile>(key_of(filed), static_cast<std::uint64_t>(filed.image.size_bytes));
  // The first piece before the answer begins: a file that is gone is told as such.
  const auto begun = read_piece(services.store, *file);
  if (!begun) co_return problem_response({begun.error().kind, "the file cannot be read now"});
  Response response = jpeg_response(Cache::never);
  response.body =
      StreamBody([&services, file](BodyWriter& writer) { return send_pieces(services, file, writer); });
  co_return response;
}

Task<Response> thumbnail_file(Services& services, catalog::FiledImage filed, Cache cache) {
  const catalog::Image& image = filed.image;
  const auto path = services.store.path_of(store::thumbnail_key(filed.folder, {image.captured_at, image.id}));
  if (!std::filesystem::exists(path)) {  // the job has not run yet, or somebody made room
    std::function<Result<jobs::MadeThumbnail>()> work = [&store = services.store, filed] {
      return jobs::make_thumbnail_file(store, filed);
    };
    const auto made = co_await run_on<jobs::MadeThumbnail>(services.cpu, thumbnail_deadline, std::move(work));
    if (!made && made.error().kind == ErrorKind::unprocessable) {
      co_return problem_response(
          {ErrorKind::not_found, "this image cannot be decoded: " + made.error().detail});
    }
    if (!made) co_return problem_response(made.error());
  }
  Response response = jpeg_response(cache);
  response.body = FileBody{path.string(), to_hex(image.sha256) + "-thumbnail", image.received_at};
  co_return response;
}

Task<Response> get_original(Services& services, Request& request, const Visitor& visitor) {
  const auto filed = co_await find_by_filename(services, request.captures[0], visitor);
  if (!filed) co_return problem_response(filed.error());
  co_return original_file(services, *filed, Cache::immutable);
}

Task<Response> get_thumbnail(Services& services, Request& request, const Visitor& visitor) {
  const auto filed = co_await find_by_filename(services, request.captures[0], visitor);
  if (!filed) co_return problem_response(filed.error());
  co_return co_await thumbnail_file(services, *filed, Cache::immutable);
}

}  // namespace heliograph::http
