#include "server/ingest/quarantine_check.hpp"

#include "server/ingest/verify.hpp"
#include "server/media/jpeg.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>
#include <vector>

namespace heliograph::ingest {
namespace {

// Of a picture that was kept because its name was taken, only the row knew.
constexpr std::string_view unknown_reason = "a whole picture; why it was refused is not known any more";

class Check {
 public:
  Check(store::ImageStore& store, catalog::Catalog& catalog, const QuarantineCheck& how,
        const std::function<void(QuarantineFinding)>& on_finding)
      : store_(store), catalog_(catalog), how_(how), on_finding_(on_finding) {}

  Result<void> run() {
    if (auto done = rows(); !done) return done;
    return files();
  }

 private:
  Result<void> rows() {
    const auto all = catalog_.whole_quarantine();
    if (!all) return all.error();
    for (const catalog::FiledQuarantined& filed : *all) {
      const FileState state = verify(filed);
      const auto fits = state == FileState::whole ? Result<bool>(true) : settle_row(filed, state);
      if (!fits) return fits.error();
      if (*fits) known_.insert(filed.bytes.id);
    }
    return {};
  }

  FileState verify(const catalog::FiledQuarantined& filed) const {
    const std::string key = store::quarantine_key(filed.folder, {filed.bytes.received_at, filed.bytes.id});
    std::error_code failed;
    const auto size = std::filesystem::file_size(store_.path_of(key), failed);
    if (failed == std::errc::no_such_file_or_directory) return FileState::missing;
    if (failed) return FileState::unreadable;
    if (static_cast<std::int64_t>(size) != filed.bytes.size_bytes) return FileState::wrong_size;
    if (filed.bytes.received_at < how_.hash_since) return FileState::whole;
    const auto bytes = store_.read(key, max_image_bytes);
    if (!bytes) return FileState::unreadable;
    return sha256(*bytes) == filed.bytes.sha256 ? FileState::whole : FileState::wrong_hash;
  }

  // Does the row still stand for its file?
  Result<bool> settle_row(const catalog::FiledQuarantined& filed, FileState state) {
    if (how_.settled_before) {  // the server that runs may just have removed both
      const auto row = catalog_.quarantined(filed.bytes.id);
      if (!row && row.error().kind == ErrorKind::not_found) return true;
    }
    const std::string key = store::quarantine_key(filed.folder, {filed.bytes.received_at, filed.bytes.id});
    QuarantineFinding finding{key + " is " + std::string(to_string(state))};
    if (how_.repair && state != FileState::unreadable) {
      if (auto gone = catalog_.remove_quarantined({&filed.bytes.id, 1}); !gone) return gone.error();
      finding.repaired = true;
    }
    const bool stands = !finding.repaired;
    on_finding_(std::move(finding));
    return stands;
  }

  Result<void> files() {
    std::vector<store::FoundQuarantined> orphans;
    auto walked = store_.walk_quarantine(
        [&](const store::FoundQuarantined& found) {
          if (how_.settled_before && found.modified >= *how_.settled_before) return;
          if (!known_.contains(found.name.id)) orphans.push_back(found);
        },
        [&](const std::filesystem::path& path) { on_finding_({path.string(), false, true}); });
    if (!walked) return walked;
    if (how_.repair && !orphans.empty()) {  // no row may reach the disk before the file that it speaks of
      if (auto synced = store_.sync(); !synced) return synced;
    }
    for (const store::FoundQuarantined& found : orphans) {
      if (auto done = settle_file(found); !done) return done;
    }
    return {};
  }

  Result<void> settle_file(const store::FoundQuarantined& found) {
    const std::string key = store::quarantine_key(found.folder, found.name);
    QuarantineFinding finding{key + " has no row"};
    if (how_.repair) {
      const auto camera = how_.camera_of(found.folder);
      if (!camera && camera.error().kind != ErrorKind::not_found) return camera.error();
      if (camera) {
        if (auto done = adopt_or_remove(found, key, camera->id); !done) return done;
        finding.repaired = true;
      } else {
        finding.what += ": " + camera.error().detail;
      }
    }
    on_finding_(std::move(finding));
    return {};
  }

  Result<void> adopt_or_remove(const store::FoundQuarantined& found, const std::string& key,
                               CameraId camera) {
    const auto bytes = store_.read(key, max_image_bytes);
    if (!bytes) return bytes.error();
    if (!bytes->empty()) {
      const auto facts = media::inspect_jpeg(*bytes);
      const auto head = std::span(*bytes).first(std::min(bytes->size(), catalog::max_quarantine_head));
      const auto adopted =
          catalog_.adopt_quarantined({.id = found.name.id,
                                      .camera = camera,
                                      .received_at = found.name.received_at,
                                      .reason = facts ? std::string(unknown_reason) : facts.error().detail,
                                      .sender = {},
                                      .sha256 = sha256(*bytes),
                                      .size_bytes = static_cast<std::int64_t>(bytes->size()),
                                      .head = {head.begin(), head.end()},
                                      .salvaged = {}});
      if (!adopted) return adopted.error();
      if (*adopted) return {};
    }
    return store_.remove(key);
  }

  store::ImageStore& store_;
  catalog::Catalog& catalog_;
  const QuarantineCheck& how_;
  const std::function<void(QuarantineFinding)>& on_finding_;
  std::unordered_set<QuarantineId> known_;  // those whose file is spoken for
};

}  // namespace

Result<void> check_quarantine(store::ImageStore& store, catalog::Catalog& catalog, const QuarantineCheck& how,
                              const std::function<void(QuarantineFinding)>& on_finding) {
  return Check(store, catalog, how, on_finding).run();
}

}  // namespace heliograph::ingest
