#include "server/ingest/ingest.hpp"

#include <algorithm>
#include <memory>
#include <thread>
#include <utility>

namespace heliograph::ingest {
namespace {

// Ids collide only with files of another machine's ids, or after the clock went back over a restart.
constexpr int max_name_tries = 8;

// Each waits for the disk if files are synced one by one: then as many as a disk is glad to see at once.
constexpr std::size_t syncing_sealers = 16;

std::size_t sealer_count(store::SyncPolicy policy) {
  if (policy == store::SyncPolicy::each_file) return syncing_sealers;
  // Hashing 100 KB takes a third of what receiving it takes, so one such thread keeps up with one net thread.
  // More than that only helps where there are processors to spare.
  return std::clamp<std::size_t>(std::thread::hardware_concurrency() / 4, 1, 4);
}

}  // namespace

Ingestor::Ingestor(store::ImageStore& store, store::SpaceWatch& space, catalog::Catalog catalog,
                   IdSource& ids, const Clock& clock, Log& log, OnAdded on_added)
    : store_(store),
      space_(space),
      ids_(ids),
      clock_(clock),
      committer_(store, std::move(catalog), counters_, log, std::move(on_added)),
      sealers_("seal", sealer_count(store.policy()), max_waiting) {}

Result<Incoming> Ingestor::begin(ImageUpload upload) {
  if (!healthy()) return disk_failed();
  auto room = space_.reserve(upload.announced_bytes);
  if (!room) {
    ++counters_.failed;
    return room.error();
  }
  const Timestamp received_at = clock_.now();
  Error last{ErrorKind::internal, "no free file name was found"};
  for (int i = 0; i < max_name_tries; ++i) {
    const auto id = ids_.next<ImageId>();
    std::string key = store::image_key(upload.camera.folder, {upload.captured_at.value_or(received_at), id});
    auto file = store_.create(key);
    if (file) {
      return Incoming(std::move(upload), id, received_at, std::move(*file), std::move(key), std::move(*room));
    }
    last = file.error();
    if (last.kind != ErrorKind::conflict) break;
  }
  ++counters_.failed;
  return last;
}

void Ingestor::commit(Incoming incoming, Done done) {
  auto whole = std::move(incoming).finish();
  if (!whole) {
    ++(whole.error().kind == ErrorKind::unprocessable ? counters_.refused : counters_.failed);
    done(whole.error());
    return;
  }
  // A task is copied, so what cannot be is shared.
  auto unsealed = std::make_shared<Unsealed>(std::move(*whole));
  const bool taken = sealers_.post([this, unsealed, done] {
    auto arrived = std::move(*unsealed).seal();
    if (arrived) return committer_.submit(std::move(*arrived), done);
    ++counters_.failed;
    // It was to be synced, or read what is in memory: after either, nobody knows what is on the disk.
    done(arrived.error().kind == ErrorKind::internal ? committer_.give_up(arrived.error()) : arrived.error());
  });
  if (taken) return;
  ++counters_.failed;
  done(Error{ErrorKind::unavailable, "the server is busy storing pictures; try again in a moment"});
}

void Ingestor::stop() {
  sealers_.stop();
  committer_.stop();
}

}  // namespace heliograph::ingest
