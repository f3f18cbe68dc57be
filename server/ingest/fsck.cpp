#include "server/ingest/fsck.hpp"

#include "server/ingest/quarantine_check.hpp"
#include "server/ingest/verify.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <utility>

namespace heliograph::ingest {
namespace {

constexpr int page_size = 500;  // rows; a page of them is read while no other is held

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
      : store_(store), catalog_(catalog), ids_(ids), clock_(clock), options_(options) {}

  Result<FsckReport> run() {
    for (const auto step :
         {&Check::database, &Check::rows, &Check::files, &Check::quarantine, &Check::counts}) {
      if (auto done = (this->*step)(); !done) return done.error();
    }
    if (options_.repair) {
      if (auto synced = store_.sync(); !synced) return synced.error();
    }
    return std::move(report_);
  }

 private:
  struct Sum {
    std::int64_t images = 0;
    std::int64_t bytes = 0;

    Sum& operator+=(const Sum& other) {
      images += other.images;
      bytes += other.bytes;
      return *this;
    }
    friend bool operator==(const Sum&, const Sum&) = default;
  };

  void count(const catalog::Image& image) {
    const Timestamp hour = std::chrono::floor<std::chrono::hours>(image.captured_at);
    for (const CameraId counted : {image.camera, CameraId{}}) {  // CameraId{}: all cameras
      counted_[{counted, hour}] += {1, image.size_bytes};
    }
  }

  Result<void> database() {
    const auto faults = catalog_.check();
    if (!faults) return faults.error();
    for (const std::string& fault : *faults) report_.findings.push_back({Fault::database_damaged, fault});
    return {};
  }

  Result<void> rows() {
    ImageId last{0};
    for (;;) {
      const auto page = catalog_.images_by_id(last, page_size);
      if (!page) return page.error();
      if (page->empty()) return {};
      last = page->back().image.id;
      for (const catalog::FiledImage& filed : *page) {
        if (auto done = row(filed); !done) return done;
      }
    }
  }

  Result<void> row(const catalog::FiledImage& filed) {
    ++report_.images_checked;
    const FileState state = verify_file(store_, filed);
    if (state == FileState::missing) {
      const auto removed = removed_meanwhile(filed.image.id);
      if (!removed) return removed.error();
      if (*removed) return {};
    }
    if (state != FileState::whole) {
      const std::string key = store::image_key(filed.folder, {filed.image.captured_at, filed.image.id});
      Finding finding{state == FileState::missing ? Fault::file_missing : Fault::file_damaged,
                      key + " is " + std::string(to_string(state))};
      // A disk that cannot read now may read tomorrow: then the row is still right.
      if (options_.repair && state != FileState::unreadable) {
        if (auto gone = catalog_.remove_image(filed.image.id); !gone) return gone;
        finding.repaired = true;
      }
      report_.findings.push_back(std::move(finding));
      if (report_.findings.back().repaired) return {};
    }
    count(filed.image);
    return {};
  }

  // Retention of a running server takes rows and files away while we look; then there is no row any more.
  Result<bool> removed_meanwhile(ImageId id) {
    const auto row = catalog_.image(id);
    if (row) return false;
    if (row.error().kind != ErrorKind::not_found) return row.error();
    return true;
  }

  Result<void> files() {
    std::vector<store::FoundImage> orphans;
    std::optional<Error> failed;
    auto walked = store_.walk(
        {},
        [&](const store::FoundImage& found) {
          if (options_.settled_before && found.modified >= *options_.settled_before) return;
          const auto row = catalog_.image(found.name.id);
          if (row || failed) return;
          if (row.error().kind == ErrorKind::not_found) {
            orphans.push_back(found);
          } else {
            failed = row.error();
          }
        },
        [&](const std::filesystem::path& path) {
          report_.findings.push_back({Fault::stray_file, path.string()});
        });
    if (!walked) return walked;
    if (failed) return *failed;
    if (options_.repair) {  // no row may reach the disk before the picture that it speaks of
      if (auto synced = store_.sync(); !synced) return synced;
    }
    for (const store::FoundImage& found : orphans) {
      if (auto done = orphan(found); !done) return done;
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
      const auto camera = camera_of(found.folder);
      if (!camera) return camera.error();
      const auto image = examine_file(store_, found, camera->id);
      if (image) {
        const catalog::NewImage row{*image, std::nullopt};
        const auto added = catalog_.add_images({&row, 1});
        if (!added) return added.error();
        finding.repaired = added->front().outcome == catalog::Added::stored;
        if (!finding.repaired) finding.what += " repeats image " + to_string(added->front().id);
        if (finding.repaired) count(*image);
      } else {
        finding.what += ": " + image.error().detail;
      }
    }
    report_.findings.push_back(std::move(finding));
    return {};
  }

  Result<void> quarantine() {
    const QuarantineCheck how{.repair = options_.repair,
                              .settled_before = options_.settled_before,
                              .hash_since = Timestamp::min(),
                              .camera_of = [this](const std::string& folder) { return camera_of(folder); }};
    return check_quarantine(store_, catalog_, how, [this](QuarantineFinding finding) {
      const Fault fault = finding.stray ? Fault::stray_file : Fault::quarantine_wrong;
      report_.findings.push_back({fault, std::move(finding.what), finding.repaired});
    });
  }

  Result<catalog::Camera> camera_of(const std::string& folder) {
    auto camera = catalog_.camera_by_folder(folder);
    if (camera || camera.error().kind != ErrorKind::not_found) return camera;
    const catalog::Camera made{ids_.next<CameraId>(), folder, folder, clock_.now()};
    if (auto added = catalog_.add_camera(made, unusable_key_hash()); !added) return added.error();
    return made;
  }

  Result<void> counts() {
    if (options_.settled_before) return {};  // a running server adds rows while we count
    const auto summaries = catalog_.cameras();
    if (!summaries) return summaries.error();
    std::map<CameraId, Sum> totals{{CameraId{}, {}}};
    for (const auto& [where, sum] : counted_) totals[where.first] += sum;
    const bool totals_right = std::ranges::all_of(*summaries, [&](const catalog::CameraSummary& summary) {
      return Sum{summary.image_count, summary.image_bytes} == totals[summary.camera.id];
    });
    std::map<std::pair<CameraId, Timestamp>, Sum> recorded;
    for (const auto& [camera, total] : totals) {
      const auto hours = catalog_.histogram(camera == CameraId{} ? std::nullopt : std::optional(camera));
      if (!hours) return hours.error();
      for (const catalog::HourCount& hour : *hours) recorded[{camera, hour.hour}] = {hour.images, hour.bytes};
    }
    if (recorded == counted_ && totals_right) return {};
    Finding finding{Fault::counts_wrong,
                    recorded == counted_ ? "the pictures per camera" : "the pictures per hour"};
    if (options_.repair) {
      if (auto counted = catalog_.recount(); !counted) return counted;
      finding.repaired = true;
    }
    report_.findings.push_back(std::move(finding));
    return {};
  }

  store::ImageStore& store_;
  catalog::Catalog& catalog_;
  IdSource& ids_;
  const Clock& clock_;
  const FsckOptions& options_;
  FsckReport report_;
  std::map<std::pair<CameraId, Timestamp>, Sum> counted_;
};

}  // namespace

std::string_view to_string(Fault fault) {
  switch (fault) {
    case Fault::file_missing:
      return "file-missing";
    case Fault::file_damaged:
      return "file-damaged";
    case Fault::file_without_row:
      return "file-without-row";
    case Fault::stray_file:
      return "stray-file";
    case Fault::quarantine_wrong:
      return "quarantine-wrong";
    case Fault::counts_wrong:
      return "counts-wrong";
    case Fault::database_damaged:
      break;
  }
  return "database-damaged";
}

Result<FsckReport> fsck(store::ImageStore& store, catalog::Catalog& catalog, IdSource& ids,
                        const Clock& clock, const FsckOptions& options) {
  return Check(store, catalog, ids, clock, options).run();
}

}  // namespace heliograph::ingest
