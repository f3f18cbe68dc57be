#include "server/ingest/rebuild.hpp"

#include "server/ingest/quarantine_check.hpp"
#include "server/ingest/verify.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace heliograph::ingest {
namespace {

// Images whose rows are written in one transaction: what an interruption may cost is reading these again.
constexpr std::size_t batch_size = 256;

class Rebuild {
 public:
  Rebuild(store::ImageStore& store, catalog::Catalog& catalog, IdSource& ids, const Clock& clock,
          const std::function<bool(const FsckProgress&)>& on_progress)
      : store_(store), catalog_(catalog), ids_(ids), clock_(clock), on_progress_(on_progress) {}

  Result<RebuildReport> run() {
    if (auto counted = count(); !counted) return counted.error();
    const auto walked = store_.walk(
        {}, [this](const store::FoundImage& found) { visit(found); },
        [this](const std::filesystem::path& path) { unusable(Fault::stray_file, path.string()); });
    if (!walked) return walked.error();
    if (!failed_) write_batch();
    if (failed_) return *failed_;
    if (!report_.stopped) {
      if (auto settled = quarantine(); !settled) return settled.error();
    }
    report_.cameras = static_cast<std::int64_t>(cameras_.size());
    return std::move(report_);
  }

 private:
  // Without rows nothing would ever remove them.
  Result<void> quarantine() {
    const QuarantineCheck how{.repair = true,
                              .settled_before = {},
                              .hash_since = Timestamp::min(),
                              .camera_of = [this](const std::string& folder) {
                                return camera_of_folder(catalog_, ids_, clock_, folder);
                              }};
    return check_quarantine(store_, catalog_, how, [this](QuarantineFinding finding) {
      if (finding.stray)
        unusable(Fault::stray_file, std::move(finding.what));
      else if (!finding.repaired)
        unusable(Fault::quarantine_wrong, std::move(finding.what));
    });
  }

  Result<void> count() {
    return store_.walk({}, [this](const store::FoundImage&) { ++progress_.total; }, [](const auto&) {});
  }

  // A walk cannot be ended early; once it has failed or was stopped, it only lists names.
  void visit(const store::FoundImage& found) {
    if (failed_ || report_.stopped) return;
    if (auto done = consider(found); !done) failed_ = done.error();
    ++progress_.done;
    report_.stopped = on_progress_ && !on_progress_(progress_);
    if (batch_.size() >= batch_size) write_batch();
  }

  Result<void> consider(const store::FoundImage& found) {
    const auto known = catalog_.stored_image(found.name.id);
    if (!known && known.error().kind != ErrorKind::not_found) return known.error();
    if (known && known->folder == found.folder && known->image.captured_at == found.name.captured_at) {
      report_.went_on = true;
      ++report_.images;
      cameras_.try_emplace(found.folder, known->image.camera);
      return {};
    }
    const std::string key = store::image_key(found.folder, found.name);
    if (known || is_in_batch(found.name.id)) {
      unusable(Fault::file_without_row, key + " has the id of another picture");
      return {};
    }
    auto image = examine_file(store_, found, {});
    if (!image && image.error().kind != ErrorKind::unprocessable) return image.error();
    if (!image) {
      unusable(Fault::file_without_row, key + ": " + image.error().detail);
      return {};
    }
    const auto camera = camera_of(found.folder);
    if (!camera) return camera.error();
    image->camera = *camera;
    batch_.push_back(std::move(*image));
    if (look_at_thumbnail(store_, {batch_.back(), found.folder}) != ThumbnailState::good)
      without_thumbnail_.push_back(found.name.id);
    return {};
  }

  bool is_in_batch(ImageId id) const {
    return std::ranges::find(batch_, id, &catalog::Image::id) != batch_.end();
  }

  Result<CameraId> camera_of(const std::string& folder) {
    if (const auto known = cameras_.find(folder); known != cameras_.end()) return known->second;
    const auto camera = camera_of_folder(catalog_, ids_, clock_, folder);
    if (!camera) return camera.error();
    cameras_.emplace(folder, camera->id);
    return camera->id;
  }

  void write_batch() {
    if (auto done = write(); !done) failed_ = done.error();
  }

  Result<void> write() {
    const auto added = catalog_.adopt_images(batch_);
    if (!added) return added.error();
    report_.images += *added;
    batch_.clear();
    const auto queued = catalog_.queue_thumbnails(without_thumbnail_);
    without_thumbnail_.clear();
    return queued;
  }

  void unusable(Fault fault, std::string what) {
    ++report_.unusable;
    if (report_.findings.size() < max_findings) report_.findings.push_back({fault, std::move(what)});
  }

  store::ImageStore& store_;
  catalog::Catalog& catalog_;
  IdSource& ids_;
  const Clock& clock_;
  const std::function<bool(const FsckProgress&)>& on_progress_;
  RebuildReport report_;
  FsckProgress progress_;
  std::map<std::string, CameraId> cameras_;  // by folder
  std::vector<catalog::Image> batch_;        // examined, without a row
  std::vector<ImageId> without_thumbnail_;   // of the batch
  std::optional<Error> failed_;
};

}  // namespace

Result<RebuildReport> rebuild(store::ImageStore& store, catalog::Catalog& catalog, IdSource& ids,
                              const Clock& clock,
                              const std::function<bool(const FsckProgress&)>& on_progress) {
  return Rebuild(store, catalog, ids, clock, on_progress).run();
}

}  // namespace heliograph::ingest
