// Many pictures as one file: asked for, then fetched.
#include "server/base/crc32.hpp"
#include "server/http/api/accounts_api.hpp"
#include "server/http/api/archives.hpp"
#include "server/http/api/filter_query.hpp"
#include "server/http/api/gallery_query.hpp"
#include "server/http/api/json_body.hpp"
#include "server/http/api/selection.hpp"
#include "server/http/await.hpp"

#include <algorithm>
#include <stdexcept>

namespace heliograph::http {
namespace {

// A picture of 32 MiB from the slowest disk; what takes longer is away.
constexpr std::chrono::seconds reading_deadline{60};
// Zeros and records are sent in pieces of about so many bytes.
constexpr std::size_t piece_bytes = 64ULL * 1024;

Error too_many() {
  return {ErrorKind::too_large, "an archive holds at most " + std::to_string(max_archive_images) +
                                    " pictures; choose fewer, a shorter span or one camera"};
}

// Of the next of them, those that are there and that the visitor sees. The rest is left out in silence but
// for the number: whoever chose them saw them a moment ago.
Task<Result<Archive>> archive_of_images(Services& services, std::vector<ImageId> wanted, Visitor visitor) {
  Archive archive;
  for (std::size_t at = 0; at < wanted.size(); at += max_images_at_once) {
    const auto end = std::min(wanted.size(), at + max_images_at_once);
    Question<std::vector<catalog::FiledImage>> question =
        [ids = std::vector(wanted.begin() + static_cast<std::ptrdiff_t>(at),
                           wanted.begin() + static_cast<std::ptrdiff_t>(end))](
            catalog::Catalog& catalog) -> Result<std::vector<catalog::FiledImage>> {
      std::vector<catalog::FiledImage> found;
      for (const ImageId id : ids) {
        auto filed = catalog.image(id);
        if (filed) found.push_back(std::move(*filed));
        if (!filed && filed.error().kind != ErrorKind::not_found) return filed.error();
      }
      return found;
    };
    const auto found = co_await services.catalogs.ask(std::move(question));
    if (!found) co_return found.error();
    for (const catalog::FiledImage& filed : *found) {
      if (visitor.may(accounts::Right::view, filed.image.camera)) archive.add(filed);
    }
  }
  co_return archive;
}

Task<Result<Archive>> archive_of_choice(Services& services, Choice choice, catalog::ImageQuery query,
                                        Visitor visitor) {
  Archive archive;
  query.filter = choice.filter;
  query.limit = catalog::max_page;
  for (;;) {
    Question<std::vector<catalog::FiledImage>> question =
        [choice, query, seen = visitor.seen()](
            catalog::Catalog& catalog) mutable -> Result<std::vector<catalog::FiledImage>> {
      const auto cameras = cameras_of(catalog, choice, seen);
      if (!cameras) return cameras.error();
      query.among = *cameras;
      return catalog.images(query);
    };
    const auto page = co_await services.catalogs.ask(std::move(question));
    if (!page) co_return page.error();
    if (archive.entries.size() + page->size() > max_archive_images) co_return too_many();
    for (const catalog::FiledImage& filed : *page) archive.add(filed);
    if (page->size() < static_cast<std::size_t>(catalog::max_page)) co_return archive;
    query.after = catalog::PageKey{page->back().image.captured_at, page->back().image.id};
  }
}

Task<Result<Archive>> wished_archive(Services& services, Request& request, Visitor visitor) {
  static constexpr std::string_view members[] = {"images"};
  auto choice = read_choice(request);
  if (!choice) co_return choice.error();
  auto query = read_page_query(request);
  if (!query) co_return query.error();
  if (request.body->length() == 0) {
    co_return co_await archive_of_choice(services, std::move(*choice), std::move(*query), std::move(visitor));
  }
  const auto body = co_await read_object(request, members);
  if (!body) co_return body.error();
  auto wanted = read_images(*body, max_images_of_file);
  if (!wanted) co_return wanted.error();
  co_return co_await archive_of_images(services, std::move(*wanted), std::move(visitor));
}

// A picture's file in memory; nullopt: it is not there any more as its row said.
struct WholeFile {
  std::vector<std::uint8_t> bytes;
  std::uint32_t crc = 0;
};
std::string_view text_of(const WholeFile& file) {
  return {reinterpret_cast<const char*>(file.bytes.data()), file.bytes.size()};
}

Task<Result<std::optional<WholeFile>>> read_file(Services& services, std::string key, std::uint32_t size) {
  std::function<Result<std::optional<WholeFile>>()> work = [&store = services.store, key,
                                                            size]() -> Result<std::optional<WholeFile>> {
    auto bytes = store.read(key, size);
    if (!bytes) {
      const auto kind = bytes.error().kind;
      if (kind == ErrorKind::not_found || kind == ErrorKind::too_large) return std::optional<WholeFile>();
      return bytes.error();
    }
    if (bytes->size() != size) return std::optional<WholeFile>();
    WholeFile file{std::move(*bytes), 0};
    file.crc = crc32_of(text_of(file));
    return std::optional(std::move(file));
  };
  co_return co_await run_on<std::optional<WholeFile>>(services.reading, reading_deadline, std::move(work));
}

Task<Result<void>> write_zeros(BodyWriter& writer, std::uint64_t bytes) {
  const std::string zeros(std::min<std::uint64_t>(bytes, piece_bytes), '\0');
  while (bytes > 0) {
    const auto some = std::min<std::uint64_t>(bytes, zeros.size());
    const auto sent = co_await writer.write(std::string_view(zeros).substr(0, some));
    if (!sent) co_return sent;
    bytes -= some;
  }
  co_return Result<void>{};
}

// The directory, gathered while the files are sent.
struct Directory {
  std::vector<std::uint32_t> crcs;  // of each entry
  std::vector<bool> there;
  std::uint64_t files = 0;
};

ZipFile zip_file(const Archive& archive, const ArchiveEntry& entry, std::uint32_t crc) {
  return {archive.name_of(entry), entry.size, crc, entry.captured_at};
}

// What cannot be read at all is thrown: the reader must not take for whole what is not.
Task<Result<void>> send_files(Services& services, const Archive& archive, Directory& directory,
                              BodyWriter& writer) {
  for (const ArchiveEntry& entry : archive.entries) {
    const std::string key = store::image_key(archive.folders.at(entry.camera), {entry.captured_at, entry.id});
    const auto file = co_await read_file(services, key, entry.size);
    if (!file) throw std::runtime_error("an archive broke off: " + file.error().detail);
    directory.there.push_back(file->has_value());
    directory.crcs.push_back(*file ? (*file)->crc : 0);
    const std::string header = zip_header(zip_file(archive, entry, directory.crcs.back()));
    if (!*file) {
      if (auto sent = co_await write_zeros(writer, header.size() + entry.size); !sent) co_return sent;
      continue;
    }
    ++directory.files;
    if (auto sent = co_await writer.write_all({header, text_of(**file)}); !sent) co_return sent;
  }
  co_return Result<void>{};
}

Task<void> send_archive(Services& services, std::shared_ptr<const Archive> archive,
                        [[maybe_unused]] std::shared_ptr<const void> place, BodyWriter& writer) {
  Directory directory;
  if (auto sent = co_await send_files(services, *archive, directory, writer); !sent) co_return;
  // Records are counted before they are sent: what is missing of them stands before the directory, as zeros.
  std::uint64_t record_bytes = 0;
  std::uint64_t offset = 0;
  std::vector<std::uint64_t> offsets;
  for (std::size_t i = 0; i < archive->entries.size(); ++i) {
    const ZipFile file = zip_file(*archive, archive->entries[i], directory.crcs[i]);
    if (directory.there[i]) record_bytes += zip_record(file, offset).size();
    offsets.push_back(offset);
    offset += zip_header(file).size() + file.size;
  }
  if (auto sent = co_await write_zeros(writer, archive->plan.directory() - record_bytes); !sent) co_return;
  std::string records;
  for (std::size_t i = 0; i < archive->entries.size(); ++i) {
    if (directory.there[i])
      records += zip_record(zip_file(*archive, archive->entries[i], directory.crcs[i]), offsets[i]);
    if (records.size() < piece_bytes) continue;
    if (auto sent = co_await writer.write(records); !sent) co_return;
    records.clear();
  }
  const std::uint64_t gone = archive->entries.size() - directory.files;
  std::string comment = "Heliograph: " + std::to_string(directory.files) + " pictures";
  if (gone > 0) comment += "; " + std::to_string(gone) + " were removed meanwhile";
  records += zip_end(archive->plan, directory.files, record_bytes, comment);
  static_cast<void>(co_await writer.write(records));
}

}  // namespace

Task<Response> prepare_archive(Services& services, Request& request, const Visitor& visitor) {
  auto archive = co_await wished_archive(services, request, visitor);
  if (!archive) co_return problem_response(archive.error());
  if (archive->entries.empty()) {
    co_return problem_response({ErrorKind::not_found, "there is no picture to put into an archive"});
  }
  archive->person = visitor.person;
  const auto images = archive->entries.size();
  const auto bytes = archive->plan.size();
  const std::string name = services.archives.keep(std::move(*archive));
  JsonWriter json;
  json.object([&] {
    json.field("url", "/api/v1/archives/" + name);
    json.field("images", images);
    json.field("size_bytes", bytes);
    json.field("expires_at", to_ms(services.clock.now() + archive_life));
  });
  co_return json_response(201, std::move(json).text());
}

Task<Response> get_archive(Services& services, Request& request, const Visitor& visitor) {
  auto archive = services.archives.find(request.captures[0], visitor);
  if (!archive) {
    co_return problem_response(
        {ErrorKind::not_found, "there is no such archive, or it has waited too long; ask for it again"});
  }
  auto place = services.archives.take_place();
  if (!place) co_return problem_response({ErrorKind::unavailable, "too many archives are being sent"});
  Response response;
  response.content_type = "application/zip";
  response.headers.emplace_back(
      "Content-Disposition",
      "attachment; filename=\"heliograph-" + to_compact(services.clock.now()).substr(0, 15) + ".zip\"");
  response.stream_length = archive->plan.size();
  response.body =
      StreamBody([&services, archive = std::move(archive), place = std::move(place)](BodyWriter& writer) {
        return send_archive(services, archive, place, writer);
      });
  co_return response;
}

}  // namespace heliograph::http
