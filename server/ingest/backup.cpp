#include "server/ingest/backup.hpp"

#include "server/catalog/firmware.hpp"
#include "server/catalog/snapshot.hpp"

#include <filesystem>
#include <optional>
#include <vector>

namespace heliograph::ingest {
namespace {

namespace fs = std::filesystem;

// The catalog while its files are being copied.
constexpr std::string_view catalog_name = "heliograph.sqlite";
constexpr std::string_view unfinished_name = "heliograph.sqlite.backup";
// What SQLite keeps beside its file.
constexpr std::string_view beside[] = {"", "-wal", "-shm"};

Result<void> remove_database(const fs::path& file) {
  for (const std::string_view suffix : beside) {
    std::error_code failed;
    fs::remove(file.string() + std::string(suffix), failed);
    if (failed) return error_from_errno(failed.value(), "remove " + file.string() + std::string(suffix));
  }
  return {};
}

class Copy {
 public:
  Copy(const store::ImageStore& from, store::ImageStore& to, BackupReport& report)
      : from_(from), to_(to), report_(report) {}

  // False: the original is gone. `size`: none, when whatever is there under this name is right.
  Result<bool> file(const std::string& key, std::optional<std::int64_t> size) {
    if (has(key, size)) return true;
    if (const auto removed = to_.remove(key); !removed && removed.error().kind != ErrorKind::not_found) {
      return removed.error();
    }
    auto file = to_.create(key);
    if (!file) return file.error();
    Result<void> written;
    const auto read = from_.read_pieces(key, 0, UINT64_MAX, [&](std::span<const std::uint8_t> piece) {
      if (!written) return;
      written = file->write(piece);
      report_.bytes += piece.size();
    });
    if (!read && read.error().kind == ErrorKind::not_found) return false;
    if (!read) return read.error();
    if (!written) return written.error();
    if (auto kept = file->keep(); !kept) return kept.error();
    ++copied;
    return true;
  }

  std::int64_t copied = 0;

 private:
  // A part of a file is what a backup that was interrupted leaves; pictures never change.
  bool has(const std::string& key, std::optional<std::int64_t> size) const {
    std::error_code failed;
    const auto there = fs::file_size(to_.path_of(key), failed);
    return !failed && (!size || there == static_cast<std::uintmax_t>(*size));
  }

  const store::ImageStore& from_;
  store::ImageStore& to_;
  BackupReport& report_;
};

Result<void> copy_images(catalog::Catalog& catalog, Copy& copy, BackupReport& report,
                         const std::function<bool(const FsckProgress&)>& on_progress) {
  FsckProgress progress;
  const auto cameras = catalog.holdings();
  if (!cameras) return cameras.error();
  for (const catalog::Holding& holding : *cameras) progress.total += holding.images;
  for (ImageId last{0};;) {
    const auto page = catalog.images_by_id(last, catalog::max_page);
    if (!page) return page.error();
    if (page->empty()) return {};
    for (const catalog::FiledImage& filed : *page) {
      const catalog::Image& image = filed.image;
      const auto there =
          copy.file(store::image_key(filed.folder, {image.captured_at, image.id}), image.size_bytes);
      if (!there) return there.error();
      if (*there) {
        ++report.images;
      } else {
        if (auto removed = catalog.remove_image(image.id); !removed) return removed;
        ++report.gone;
      }
      last = image.id;
    }
    progress.done += std::ssize(*page);
    report.stopped = !on_progress(progress);
    if (report.stopped) return {};
  }
}

Result<void> copy_quarantine(catalog::Catalog& catalog, Copy& copy, BackupReport& report) {
  const auto all = catalog.whole_quarantine();
  if (!all) return all.error();
  for (const catalog::FiledQuarantined& filed : *all) {
    const catalog::Quarantined& bytes = filed.bytes;
    const auto there =
        copy.file(store::quarantine_key(filed.folder, {bytes.received_at, bytes.id}), bytes.size_bytes);
    if (!there) return there.error();
    if (*there) {
      ++report.refused;
    } else if (auto removed = catalog.remove_quarantined({&bytes.id, 1}); !removed) {
      return removed;
    }
  }
  return {};
}

Result<void> copy_programs(catalog::Catalog& catalog, const store::ImageStore& from, Copy& copy,
                           BackupReport& report) {
  const auto releases = catalog::Firmware(catalog).releases();
  if (!releases) return releases.error();
  for (const catalog::Release& release : *releases) {
    const auto there = copy.file(store::release_key(release.id), std::nullopt);
    if (!there) return there.error();
    if (*there) ++report.programs;
  }
  const auto flash_images = from.flash_images();
  if (!flash_images) return flash_images.error();
  for (const auto& [release, size] : *flash_images) {
    const auto there = copy.file(store::flash_image_key(release), static_cast<std::int64_t>(size));
    if (!there) return there.error();
  }
  return {};
}

}  // namespace

Result<BackupReport> back_up(const std::string& database, const store::ImageStore& from,
                             store::ImageStore& to,
                             const std::function<bool(const FsckProgress&)>& on_progress) {
  const fs::path unfinished = to.path_of(unfinished_name);
  if (auto removed = remove_database(unfinished); !removed) return removed.error();
  if (auto taken = catalog::take_snapshot(database, unfinished.string()); !taken) return taken.error();
  BackupReport report;
  Copy copy(from, to, report);
  {
    // Its log is moved into it when it is closed, so that one file is all there is.
    auto catalog = catalog::Catalog::open({unfinished.string(), catalog::Durability::at_sync, true});
    if (!catalog) return catalog.error();
    if (auto copied = copy_images(*catalog, copy, report, on_progress); !copied) return copied.error();
    report.copied = copy.copied;
    if (report.stopped) return report;
    if (auto copied = copy_quarantine(*catalog, copy, report); !copied) return copied.error();
    if (auto copied = copy_programs(*catalog, from, copy, report); !copied) return copied.error();
  }
  if (auto synced = to.sync(); !synced) return synced.error();
  const fs::path finished = to.path_of(catalog_name);
  for (const std::string_view suffix : {"-wal", "-shm"}) {
    std::error_code failed;
    fs::remove(finished.string() + std::string(suffix), failed);
  }
  std::error_code failed;
  fs::rename(unfinished, finished, failed);
  if (failed) return error_from_errno(failed.value(), "rename " + unfinished.string());
  if (auto synced = to.sync(); !synced) return synced.error();
  return report;
}

}  // namespace heliograph::ingest
