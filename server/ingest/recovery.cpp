#include "server/ingest/recovery.hpp"

#include "server/ingest/quarantine_check.hpp"
#include "server/ingest/verify.hpp"

#include <algorithm>
#include <filesystem>
#include <vector>

namespace heliograph::ingest {
namespace {

// Since when unfinished files may have come: the last batch was the last thing that happened, unless the
// clock has gone back since. (Of all rows the newest may have been dated by a clock that was ahead.) None:
// look at everything.
Result<std::optional<Timestamp>> unsettled_since(catalog::Catalog& catalog, Timestamp now) {
  const auto last_batch = catalog.unconfirmed();
  if (!last_batch) return last_batch.error();
  auto last = catalog.last_received();
  if (!last || !*last) return last;
  if (!last_batch->empty()) *last = last_batch->front().image.received_at;
  for (const catalog::FiledImage& filed : *last_batch) *last = std::min(**last, filed.image.received_at);
  return std::optional(std::min(**last, now) - longest_upload);
}

Result<std::int64_t> remove_unconfirmed(store::ImageStore& store, catalog::Catalog& catalog, Log& log) {
  auto unconfirmed = catalog.unconfirmed();
  if (!unconfirmed) return unconfirmed.error();
  std::int64_t removed = 0;
  for (const catalog::FiledImage& filed : *unconfirmed) {
    const FileState state = verify_file(store, filed);
    if (state == FileState::whole) continue;
    if (state == FileState::unreadable) {  // the disk speaks no truth now: take nothing away because of it
      return Error{ErrorKind::unavailable, "image " + to_string(filed.image.id) + " cannot be read"};
    }
    const std::string key = store::image_key(filed.folder, {filed.image.captured_at, filed.image.id});
    log.warning("an unacknowledged picture is taken out of the catalog",
                {{"file", key}, {"because", std::string("its file is ") + std::string(to_string(state))}});
    if (auto gone = catalog.remove_image(filed.image.id); !gone) return gone.error();
    if (state != FileState::missing) {
      if (auto gone = store.remove(key); !gone) return gone.error();
    }
    ++removed;
  }
  return removed;
}

Result<void> settle_orphans(store::ImageStore& store, catalog::Catalog& catalog, Log& log,
                            std::optional<Timestamp> since, RecoveryReport& report) {
  std::vector<store::FoundImage> orphans;
  std::optional<Error> failed;
  auto walked = store.walk(
      since,
      [&](const store::FoundImage& found) {
        const auto row = catalog.stored_image(found.name.id);
        if (row || failed) return;
        if (row.error().kind != ErrorKind::not_found) {
          failed = row.error();
          return;
        }
        const auto removed = catalog.is_being_removed(found.name.id);
        if (!removed) {
          failed = removed.error();
        } else if (!*removed) {  // else retention removes the file (P6)
          orphans.push_back(found);
        }
      },
      [](const auto&) {});  // a stranger's file is fsck's to report
  if (!walked) return walked;
  if (failed) return *failed;
  if (orphans.empty()) return {};
  // Their bytes may still be in memory only: no row may reach the disk before the picture that it speaks of.
  if (auto synced = store.sync(); !synced) return synced;
  for (const store::FoundImage& found : orphans) {
    const auto settled = settle_orphan(store, catalog, found);
    if (!settled && settled.error().kind == ErrorKind::not_found) {
      log.warning("a picture belongs to no camera; `heliograph fsck --repair` would make one",
                  {{"folder", found.folder}, {"file", store::image_filename(found.name)}});
      continue;
    }
    if (!settled) return settled.error();
    ++(*settled == Orphan::adopt ? report.files_adopted : report.files_removed);
  }
  return {};
}

// Bytes that were refused before the crash are nobody's to lose: rows and files are made to fit.
Result<void> settle_quarantine(store::ImageStore& store, catalog::Catalog& catalog, Timestamp now, Log& log,
                               RecoveryReport& report) {
  const auto all = catalog.whole_quarantine();
  if (!all) return all.error();
  QuarantineCheck how{.repair = true, .settled_before = {}, .hash_since = Timestamp::min(), .camera_of = {}};
  // What is older was synced with pictures since, or written by the kernel by itself. Unless the clock has
  // gone back: then nobody knows which is the older.
  if (!all->empty() && all->back().bytes.received_at <= now)
    how.hash_since = all->back().bytes.received_at - longest_upload;
  how.camera_of = [&catalog](const std::string& folder) { return catalog.camera_by_folder(folder); };
  return check_quarantine(store, catalog, how, [&](const QuarantineFinding& finding) {
    if (finding.repaired) ++report.quarantine_settled;
    if (!finding.repaired && !finding.stray)
      log.warning("refused bytes stay as they are", {{"why", finding.what}});
  });
}

// A power cut can leave a thumbnail's name without its bytes; it would be shown as it is.
Result<std::int64_t> remove_torn_thumbnails(store::ImageStore& store, std::optional<Timestamp> since) {
  std::vector<std::filesystem::path> torn;
  const auto walked = store.walk_thumbnails(
      since,
      [&](const store::FoundImage& found) {
        const std::string key = store::thumbnail_key(found.folder, found.name);
        if (!is_whole_thumbnail(store, key)) torn.push_back(store.path_of(key));
      },
      [&](const std::filesystem::path& path) {
        if (path.string().ends_with(store::unfinished_suffix)) torn.push_back(path);
      });
  if (!walked && walked.error().kind != ErrorKind::not_found)
    return walked.error();  // they may all be deleted
  std::error_code failed;
  for (const std::filesystem::path& path : torn) {
    std::filesystem::remove(path, failed);
    if (failed) return error_from_errno(failed.value(), "remove " + path.string());
  }
  return static_cast<std::int64_t>(torn.size());
}

}  // namespace

Result<Orphan> settle_orphan(store::ImageStore& store, catalog::Catalog& catalog,
                             const store::FoundImage& found) {
  const auto camera = catalog.camera_by_folder(found.folder);
  if (!camera) return camera.error();
  const auto image = examine_file(store, found, camera->id);
  if (image) {
    const catalog::NewImage row{*image, std::nullopt};
    const auto added = catalog.add_images({&row, 1});
    if (!added) return added.error();
    if (added->front().outcome == catalog::Added::stored) return Orphan::adopt;
  } else if (image.error().kind != ErrorKind::unprocessable) {
    return image.error();
  }
  if (auto gone = store.remove(store::image_key(found.folder, found.name)); !gone) return gone.error();
  return Orphan::remove;
}

Result<RecoveryReport> recover(store::ImageStore& store, catalog::Catalog& catalog, Timestamp now, Log& log) {
  RecoveryReport report;
  const auto clean = store.take_clean_mark();
  if (!clean) return clean.error();
  report.was_clean = *clean;
  if (report.was_clean) return report;

  const auto since = unsettled_since(catalog, now);  // before the rows go that it follows from
  if (!since) return since.error();
  const auto rows_removed = remove_unconfirmed(store, catalog, log);
  if (!rows_removed) return rows_removed.error();
  report.rows_removed = *rows_removed;
  if (auto settled = settle_orphans(store, catalog, log, *since, report); !settled) return settled.error();
  if (auto settled = settle_quarantine(store, catalog, now, log, report); !settled) return settled.error();
  const auto thumbnails_removed = remove_torn_thumbnails(store, *since);
  if (!thumbnails_removed) return thumbnails_removed.error();
  report.thumbnails_removed = *thumbnails_removed;
  if (auto synced = store.sync(); !synced) return synced.error();
  return report;
}

}  // namespace heliograph::ingest
