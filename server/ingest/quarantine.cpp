#include "server/ingest/quarantine.hpp"

#include "server/ingest/committer.hpp"
#include "server/media/salvage.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <ranges>
#include <utility>

namespace heliograph::ingest {
namespace {

constexpr std::uint64_t to_the_end = std::numeric_limits<std::uint64_t>::max();

std::string key_of(const catalog::FiledQuarantined& filed) {
  return store::quarantine_key(filed.folder, {filed.bytes.received_at, filed.bytes.id});
}

Result<std::optional<media::FoundPicture>> find_picture(const store::ImageStore& store,
                                                        const std::string& key) {
  media::PictureFinder finder;
  if (auto read = store.read_pieces(key, 0, to_the_end, [&](auto piece) { finder.feed(piece); }); !read) {
    return read.error();
  }
  return finder.finish();
}

// Copies a picture out of the file at `from`; what it is goes into `image`.
Result<void> copy_out(store::ImageStore& store, const std::string& from, const media::FoundPicture& found,
                      const std::string& to, catalog::Image& image) {
  auto file = store.create(to);
  if (!file) return file.error();
  Sha256 hash;
  Result<void> written;
  const auto read = store.read_pieces(from, found.offset, found.facts.size_bytes, [&](auto piece) {
    hash.update(piece);
    if (written) written = file->write(piece);
  });
  if (!read) return read.error();
  if (!written) return written;
  if (auto kept = file->keep(); !kept) return kept;
  image.sha256 = hash.finish();
  image.size_bytes = static_cast<std::int64_t>(found.facts.size_bytes);
  image.width = found.facts.width;
  image.height = found.facts.height;
  image.salvaged = true;
  return {};
}

}  // namespace

Refused put_in_quarantine(store::ImageStore& store, Log& log, const Rejected& rejected) {
  const catalog::Image& image = rejected.about.image;
  Refused refused{{image.camera, image.received_at, rejected.reason, {}}, {}};
  if (rejected.key.empty()) return refused;
  // The number of the image that it did not become is free for it.
  catalog::Quarantined bytes{.id = QuarantineId{image.id.value},
                             .camera = image.camera,
                             .received_at = image.received_at,
                             .reason = rejected.reason,
                             .sender = image.sender,
                             .sha256 = image.sha256,
                             .size_bytes = image.size_bytes,
                             .head = {},
                             .salvaged = {}};
  auto done = store.read_pieces(rejected.key, 0, catalog::max_quarantine_head, [&](auto piece) {
    bytes.head.insert(bytes.head.end(), piece.begin(), piece.end());
  });
  std::string key = store::quarantine_key(rejected.camera.folder, {bytes.received_at, bytes.id});
  if (done) done = store.move(rejected.key, key);
  if (!done) {
    log.warning("refused bytes could not be kept", {{"why", done.error().detail}});
    static_cast<void>(store.remove(rejected.key));  // if it fails, recovery finds a file without a row
    return refused;
  }
  refused.refusal.kept = std::move(bytes);
  refused.key = std::move(key);
  return refused;
}

std::optional<Arrived> salvage(store::ImageStore& store, Log& log, const Rejected& rejected,
                               const Refused& refused, ImageId id) {
  if (!refused.refusal.kept) return std::nullopt;
  const auto found = find_picture(store, refused.key);
  if (found && !*found) return std::nullopt;
  Arrived arrived{rejected.about, rejected.camera, {}, {}};
  catalog::Image& image = arrived.image.image;
  image.id = id;
  arrived.key = store::image_key(rejected.camera.folder, {image.captured_at, id});
  const Result<void> done =
      found ? copy_out(store, refused.key, **found, arrived.key, image) : Result<void>(found.error());
  if (done) return arrived;
  log.warning("a picture inside of refused bytes was not salvaged", {{"why", done.error().detail}});
  return std::nullopt;
}

std::vector<catalog::FiledQuarantined> what_leaves_quarantine(
    std::span<const catalog::FiledQuarantined> oldest_first, const QuarantineLimits& limits, Timestamp now) {
  // Once something has no room, nothing older has: small old things must not outlive large new ones.
  struct Room {
    std::int64_t bytes;
    std::size_t count;
    bool full = false;

    bool has_place_for(std::int64_t size) {
      full = full || size > bytes || count == 0;
      return !full;
    }
    void take(std::int64_t size) {
      bytes -= size;
      --count;
    }
  };
  std::vector<catalog::FiledQuarantined> leaving;
  std::map<CameraId, Room> cameras;
  Room total{limits.total_bytes, limits.total_count};
  for (const catalog::FiledQuarantined& filed : std::views::reverse(oldest_first)) {
    const std::int64_t size = filed.bytes.size_bytes;
    const Room empty{limits.camera_bytes, limits.camera_count};
    Room& camera = cameras.try_emplace(filed.bytes.camera, empty).first->second;
    const bool young = now - filed.bytes.received_at <= limits.age;
    if (young && camera.has_place_for(size) && total.has_place_for(size)) {
      camera.take(size);
      total.take(size);
    } else {
      leaving.push_back(filed);
    }
  }
  std::ranges::reverse(leaving);
  return leaving;
}

void QuarantineKeeper::keep(std::span<const Refused> refused) {
  if (!refused.empty()) write_rows(refused);
  if (!sweep_due()) return;
  swept_at_ = clock_.steady();
  kept_since_ = 0;
  bytes_since_ = 0;
  if (auto swept = sweep(); !swept) log_.warning("the quarantine grows", {{"why", swept.error().detail}});
}

void QuarantineKeeper::write_rows(std::span<const Refused> refused) {
  std::vector<catalog::Refusal> refusals;
  refusals.reserve(refused.size());
  for (const Refused& one : refused) refusals.push_back(one.refusal);
  const auto stays = catalog_.add_refusals(refusals);
  if (!stays) log_.warning("refused bytes could not be kept", {{"why", stays.error().detail}});
  for (std::size_t i = 0; i < refused.size(); ++i) {
    if (!refused[i].refusal.kept) continue;
    if (!stays || !(*stays)[i]) {
      remove_file(refused[i].key);
      continue;
    }
    ++counters_.quarantined;
    ++kept_since_;
    bytes_since_ += refused[i].refusal.kept->size_bytes;
  }
}

bool QuarantineKeeper::sweep_due() const {
  return !swept_at_ || clock_.steady() - *swept_at_ >= quarantine_sweep_interval ||
         kept_since_ >= sweep_after_count || bytes_since_ >= sweep_after_bytes;
}

Result<void> QuarantineKeeper::sweep() {
  const auto all = catalog_.whole_quarantine();
  if (!all) return all.error();
  const auto leaving = what_leaves_quarantine(*all, limits_, clock_.now());
  for (std::size_t at = 0; at < leaving.size(); at += quarantine_removal_batch) {
    const auto batch =
        std::span(leaving).subspan(at, std::min(quarantine_removal_batch, leaving.size() - at));
    std::vector<QuarantineId> ids;
    for (const catalog::FiledQuarantined& filed : batch) ids.push_back(filed.bytes.id);
    if (auto gone = catalog_.remove_quarantined(ids); !gone) return gone;
    for (const catalog::FiledQuarantined& filed : batch) remove_file(key_of(filed));
  }
  return {};
}

void QuarantineKeeper::remove_file(const std::string& key) {
  const auto removed = store_.remove(key);
  if (removed || removed.error().kind == ErrorKind::not_found) return;  // its owner was faster
  log_.warning("a file of refused bytes stays", {{"why", removed.error().detail}});
}

}  // namespace heliograph::ingest
