#include "server/ingest/fsck.hpp"

#include "server/ingest/fsck_state.hpp"
#include "server/ingest/quarantine_check.hpp"
#include "server/ingest/verify.hpp"

#include <algorithm>
#include <limits>
#include <random>
#include <span>
#include <utility>

namespace heliograph::ingest {
namespace {

constexpr int page_size = 500;  // rows; a page of them is read while no other is held
// How much work a kill may cost: reading two seconds of pictures again.
constexpr std::chrono::seconds keep_interval{2};

// The hash of a key that nobody has: a camera with it cannot upload until its key is made new.
Sha256Digest unusable_key_hash() {
  std::random_device random;
  Sha256Digest digest{};
  for (std::uint8_t& byte : digest) byte = static_cast<std::uint8_t>(random());
  return digest;
}

class Check {
 public:
  Check(store::ImageStore& store, catalog::Catalog& catalog, IdSource& ids, const Clock& clock,
        const FsckOptions& options)
      : store_(store), catalog_(catalog), ids_(ids), clock_(clock), options_(options) {
    state_.repair = options.repair;
  }

  Result<FsckReport> run() {
    for (const auto step : {&Check::go_on, &Check::database, &Check::rows, &Check::files, &Check::quarantine,
                            &Check::thumbnails, &Check::counts}) {
      const auto done = (this->*step)();
      // What cannot be read of a damaged database cannot be checked; what is known of it is worth telling.
      if (!done && done.error().kind == ErrorKind::data_lost) {
        add({Fault::database_damaged, done.error().detail});
        break;
      }
      if (!done) return done.error();
      if (report().stopped) {
        keep_state();
        return report();
      }
    }
    if (options_.repair) {
      if (auto synced = store_.sync(); !synced) return synced.error();
    }
    static_cast<void>(store_.remove(fsck_state_name));  // it may never have been written
    return report();
  }

 private:
  FsckReport& report() { return state_.report; }

  void add(Finding finding) {
    ++report().faults;
    if (finding.repaired) ++report().repaired;
    if (report().findings.size() < max_findings) report().findings.push_back(std::move(finding));
  }

  Result<void> go_on() {
    const auto all = catalog_.sum_of_images(ImageId{std::numeric_limits<std::int64_t>::max()});
    if (!all) return all.error();
    total_ = all->images;
    const auto text = store_.read(fsck_state_name, max_fsck_state_bytes);
    if (options_.restart || !text) return {};
    auto found = parse_fsck_state({reinterpret_cast<const char*>(text->data()), text->size()});
    if (!found) return {};
    const auto now = catalog_.sum_of_images(found->last);
    if (!now) return now.error();
    if (!may_go_on(*found, options_.repair, *now)) return {};
    state_ = std::move(*found);
    report().went_on = true;
    return {};
  }

  // If it cannot be kept, the next run begins anew: no reason to end this one.
  void keep_state() {
    const std::string text = to_text(state_);
    const std::span bytes(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
    static_cast<void>(store_.replace(fsck_state_name, bytes));
    kept_at_ = clock_.steady();
  }

  Result<void> database() {
    const auto faults = catalog_.check();
    if (!faults) return faults.error();
    for (const std::string& fault : *faults) {
      // An interrupted run has told it already.
      const Finding finding{Fault::database_damaged, fault};
      if (std::ranges::find(report().findings, finding) == report().findings.end()) add(finding);
    }
    return {};
  }

  Result<void> rows() {
    for (;;) {
      const auto page = catalog_.images_by_id(state_.last, page_size);
      if (!page) return page.error();
      if (page->empty()) return {};
      std::vector<ImageId> thumbnails_to_make;
      for (const catalog::FiledImage& filed : *page) {
        if (auto done = row(filed, thumbnails_to_make); !done) return done;
        if (report().stopped) break;
      }
      if (options_.repair) {
        if (auto queued = catalog_.queue_thumbnails(thumbnails_to_make); !queued) return queued;
      }
      if (report().stopped) return {};
      if (clock_.steady() - kept_at_ >= keep_interval) keep_state();
    }
  }

  Result<void> row(const catalog::FiledImage& filed, std::vector<ImageId>& thumbnails_to_make) {
    ++report().images_checked;
    const FileState state = verify_file(store_, filed);
    bool gone = false;
    if (state == FileState::missing) {
      const auto removed = removed_meanwhile(filed.image.id);
      if (!removed) return removed.error();
      gone = *removed;
    }
    if (state != FileState::whole && !gone) {
      const std::string key = store::image_key(filed.folder, {filed.image.captured_at, filed.image.id});
      Finding finding{state == FileState::missing ? Fault::file_missing : Fault::file_damaged,
                      key + " is " + std::string(to_string(state))};
      // A disk that cannot read now may read tomorrow: then the row is still right.
      if (options_.repair && state != FileState::unreadable) {
        if (auto removed = catalog_.remove_image(filed.image.id); !removed) return removed;
        finding.repaired = gone = true;
      }
      add(std::move(finding));
    }
    if (!gone) {
      state_.checked.add(filed.image);
      if (thumbnail(filed) != ThumbnailState::good) thumbnails_to_make.push_back(filed.image.id);
    }
    state_.last = filed.image.id;
    progress();
    return {};
  }

  // Retention of a running server takes rows and files away while we look; then there is no row any more.
  Result<bool> removed_meanwhile(ImageId id) {
    const auto row = catalog_.stored_image(id);
    if (row) return false;
    if (row.error().kind != ErrorKind::not_found) return row.error();
    return true;
  }

  ThumbnailState thumbnail(const catalog::FiledImage& filed) {
    const ThumbnailState state = look_at_thumbnail(store_, filed);
    if (state == ThumbnailState::missing) ++report().thumbnails.missing;
    if (state == ThumbnailState::stale) ++report().thumbnails.stale;
    // What is stale would be shown as it is; what is missing is made when somebody looks.
    if (state == ThumbnailState::stale && options_.repair) {
      static_cast<void>(
          store_.remove(store::thumbnail_key(filed.folder, {filed.image.captured_at, filed.image.id})));
    }
    return state;
  }

  void progress() {
    if (!options_.on_progress) return;
    const FsckProgress now{report().images_checked, std::max(total_, report().images_checked)};
    report().stopped = !options_.on_progress(now);
  }

  // Files of `walk` that are no image's.
  using Walk = Result<void> (store::ImageStore::*)(
      std::optional<Timestamp>, const std::function<void(const store::FoundImage&)>&,
      const std::function<void(const std::filesystem::path&)>&) const;
  Result<std::vector<store::FoundImage>> without_row(
      Walk walk, const std::function<void(const std::filesystem::path&)>& stray) {
    std::vector<store::FoundImage> found_files;
    std::optional<Error> failed;
    auto walked = (store_.*walk)(
        {},
        [&](const store::FoundImage& found) {
          if (options_.settled_before && found.modified >= *options_.settled_before) return;
          const auto row = catalog_.stored_image(found.name.id);
          if (failed ||
              (row && row->folder == found.folder && row->image.captured_at == found.name.captured_at))
            return;
          if (row || row.error().kind == ErrorKind::not_found) {
            found_files.push_back(found);
          } else {
            failed = row.error();
          }
        },
        stray);
    if (!walked) return walked.error();
    if (failed) return *failed;
    return found_files;
  }

  Result<void> files() {
    const auto orphans = without_row(&store::ImageStore::walk, [&](const std::filesystem::path& path) {
      add({Fault::stray_file, path.string()});
    });
    if (!orphans) return orphans.error();
    if (options_.repair) {  // no row may reach the disk before the picture that it speaks of
      if (auto synced = store_.sync(); !synced) return synced;
    }
    for (const store::FoundImage& found : *orphans) {
      if (auto done = orphan(found); !done) return done;
      if (report().stopped) break;
    }
    return {};
  }

  Result<void> orphan(const store::FoundImage& found) {
    Finding finding{Fault::file_without_row, store::image_key(found.folder, found.name)};
    const auto removed = catalog_.is_being_removed(found.name.id);
    if (!removed) return removed.error();
    // Retention is about to remove the file, or just has (docs/storage.md, P6).
    if (*removed || !std::filesystem::exists(store_.path_of(finding.what))) return {};
    if (options_.repair) {
      if (auto done = adopt(found, finding); !done) return done;
    }
    add(std::move(finding));
    return {};
  }

  Result<void> adopt(const store::FoundImage& found, Finding& finding) {
    const auto camera = camera_of_folder(catalog_, ids_, clock_, found.folder);
    if (!camera) return camera.error();
    const auto image = examine_file(store_, found, camera->id);
    ++report().images_checked;
    progress();
    if (!image) {
      finding.what += ": " + image.error().detail;
      return {};
    }
    if (catalog_.stored_image(image->id)) {
      finding.what += " has the id of another picture";
      return {};
    }
    const catalog::NewImage row{*image, std::nullopt};
    const auto added = catalog_.add_images({&row, 1});
    if (!added) return added.error();
    finding.repaired = added->front().outcome == catalog::Added::stored;
    if (!finding.repaired) finding.what += " repeats image " + to_string(added->front().id);
    return {};
  }

  Result<void> quarantine() {
    const QuarantineCheck how{.repair = options_.repair,
                              .settled_before = options_.settled_before,
                              .hash_since = Timestamp::min(),
                              .camera_of = [this](const std::string& folder) {
                                return camera_of_folder(catalog_, ids_, clock_, folder);
                              }};
    return check_quarantine(store_, catalog_, how, [this](QuarantineFinding finding) {
      const Fault fault = finding.stray ? Fault::stray_file : Fault::quarantine_wrong;
      add({fault, std::move(finding.what), finding.repaired});
    });
  }

  Result<void> thumbnails() {
    const auto orphans = without_row(&store::ImageStore::walk_thumbnails, [](const auto&) {});
    // The whole directory may be deleted at any time.
    if (!orphans && orphans.error().kind == ErrorKind::not_found) return {};
    if (!orphans) return orphans.error();
    report().thumbnails.without_picture = static_cast<std::int64_t>(orphans->size());
    for (const store::FoundImage& found : *orphans) {
      if (!options_.repair) break;
      if (auto gone = store_.remove(store::thumbnail_key(found.folder, found.name)); !gone) return gone;
    }
    return {};
  }

  Result<void> counts() {
    const auto wrong = catalog_.miscounts();
    if (!wrong) return wrong.error();
    if (wrong->hours + wrong->cameras == 0) return {};
    Finding finding{Fault::counts_wrong,
                    wrong->hours > 0 ? "the pictures per hour, in " + std::to_string(wrong->hours) + " places"
                                     : "the pictures per camera, of " + std::to_string(wrong->cameras)};
    if (options_.repair) {
      if (auto counted = catalog_.recount(); !counted) return counted;
      finding.repaired = true;
    }
    add(std::move(finding));
    return {};
  }

  store::ImageStore& store_;
  catalog::Catalog& catalog_;
  IdSource& ids_;
  const Clock& clock_;
  const FsckOptions& options_;
  FsckState state_;
  std::int64_t total_ = 0;
  SteadyTime kept_at_ = clock_.steady();
};

}  // namespace

Result<catalog::Camera> camera_of_folder(catalog::Catalog& catalog, IdSource& ids, const Clock& clock,
                                         const std::string& folder) {
  auto camera = catalog.camera_by_folder(folder);
  if (camera || camera.error().kind != ErrorKind::not_found) return camera;
  const catalog::Camera made{ids.next<CameraId>(), folder, folder, clock.now()};
  if (auto added = catalog.add_camera(made, unusable_key_hash()); !added) return added.error();
  return made;
}

Result<FsckReport> fsck(store::ImageStore& store, catalog::Catalog& catalog, IdSource& ids,
                        const Clock& clock, const FsckOptions& options) {
  return Check(store, catalog, ids, clock, options).run();
}

}  // namespace heliograph::ingest
