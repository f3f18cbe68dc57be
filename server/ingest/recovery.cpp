#include "server/ingest/recovery.hpp"

#include "server/ingest/quarantine_check.hpp"
#include "server/ingest/verify.hpp"

#include <vector>

namespace heliograph::ingest {
namespace {

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
                            RecoveryReport& report) {
  auto last = catalog.last_received();
  if (!last) return last.error();
  std::optional<Timestamp> since;
  if (*last) since = **last - longest_upload;
  std::vector<store::FoundImage> orphans;
  std::optional<Error> failed;
  auto walked = store.walk(
      since,
      [&](const store::FoundImage& found) {
        const auto row = catalog.image(found.name.id);
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
Result<void> settle_quarantine(store::ImageStore& store, catalog::Catalog& catalog, Log& log,
                               RecoveryReport& report) {
  const auto all = catalog.whole_quarantine();
  if (!all) return all.error();
  QuarantineCheck how{.repair = true, .settled_before = {}, .hash_since = Timestamp::min(), .camera_of = {}};
  // What is older was synced with pictures since, or written by the kernel by itself.
  if (!all->empty()) how.hash_since = all->back().bytes.received_at - longest_upload;
  how.camera_of = [&catalog](const std::string& folder) { return catalog.camera_by_folder(folder); };
  return check_quarantine(store, catalog, how, [&](const QuarantineFinding& finding) {
    if (finding.repaired) ++report.quarantine_settled;
    if (!finding.repaired && !finding.stray)
      log.warning("refused bytes stay as they are", {{"why", finding.what}});
  });
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

Result<RecoveryReport> recover(store::ImageStore& store, catalog::Catalog& catalog, Log& log) {
  RecoveryReport report;
  const auto clean = store.take_clean_mark();
  if (!clean) return clean.error();
  report.was_clean = *clean;
  if (report.was_clean) return report;

  const auto rows_removed = remove_unconfirmed(store, catalog, log);
  if (!rows_removed) return rows_removed.error();
  report.rows_removed = *rows_removed;
  if (auto settled = settle_orphans(store, catalog, log, report); !settled) return settled.error();
  if (auto settled = settle_quarantine(store, catalog, log, report); !settled) return settled.error();
  if (auto synced = store.sync(); !synced) return synced.error();
  return report;
}

}  // namespace heliograph::ingest
