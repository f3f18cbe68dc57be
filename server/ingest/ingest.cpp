#include "server/ingest/ingest.hpp"

#include "server/ingest/quarantine.hpp"

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
      log_(log),
      committer_(store, std::move(catalog), counters_, clock, log, std::move(on_added)),
      sealers_("seal", sealer_count(store.policy()), max_waiting) {}

Result<store::Room> Ingestor::reserve(std::optional<std::uint64_t> announced_bytes) {
  if (!healthy()) return disk_failed();
  auto room = space_.reserve(announced_bytes);
  if (!room) {
    ++counters_.failed;
    ++counters_.no_room;
  }
  return room;
}

Result<Incoming> Ingestor::begin(ImageUpload upload) {
  auto room = reserve(upload.announced_bytes);
  if (!room) return room.error();
  return begin(std::make_shared<ImageUpload>(std::move(upload)), std::move(*room));
}

Result<Incoming> Ingestor::begin(std::shared_ptr<const ImageUpload> upload, store::Room room) {
  const Timestamp received_at = clock_.now();
  Error last{ErrorKind::internal, "no free file name was found"};
  for (int i = 0; i < max_name_tries; ++i) {
    const auto id = ids_.next<ImageId>();
    std::string key =
        store::image_key(upload->camera.folder, {upload->captured_at.value_or(received_at), id});
    auto file = store_.create(key);
    if (file) {
      return Incoming(std::move(upload), id, received_at, std::move(*file), std::move(key), std::move(room));
    }
    last = file.error();
    if (last.kind != ErrorKind::conflict) break;
  }
  ++counters_.failed;
  return last;
}

void Ingestor::commit(Incoming incoming, const Done& done) {
  const Done answer = [this, done](Result<Receipt> receipt) {
    if (!receipt && receipt.error().kind == ErrorKind::storage_full) space_.look_anew();
    done(std::move(receipt));
  };
  auto whole = incoming.finish();
  if (!whole) {
    if (whole.error().kind == ErrorKind::unprocessable) return refuse(std::move(incoming), answer);
    ++counters_.failed;
    answer(whole.error());
    return;
  }
  // A task is copied, so what cannot be is shared.
  auto unsealed = std::make_shared<Unsealed>(std::move(*whole));
  const bool taken = sealers_.post([this, unsealed, answer] {
    auto arrived = std::move(*unsealed).seal();
    if (arrived) return committer_.submit(std::move(*arrived), answer);
    ++counters_.failed;
    // It was to be synced, or read what is in memory: after either, nobody knows what is on the disk.
    answer(arrived.error().kind == ErrorKind::internal ? committer_.give_up(arrived.error())
                                                       : arrived.error());
  });
  if (taken) return;
  ++counters_.failed;
  answer(Error{ErrorKind::unavailable, "the server is busy storing pictures; try again in a moment"});
}

void Ingestor::refuse(Incoming incoming, const Done& done) {
  auto shared = std::make_shared<Incoming>(std::move(incoming));
  const Error reason = shared->finish().error();
  const bool taken = sealers_.post([this, shared, done] {
    const Rejected rejected = std::move(*shared).reject();
    Refused refused = put_in_quarantine(store_, log_, rejected);
    if (auto salvaged = salvage(store_, log_, rejected, refused, ids_.next<ImageId>())) {
      salvaged->origin = std::make_unique<Refused>(std::move(refused));
      return committer_.submit(std::move(*salvaged), done);
    }
    ++counters_.refused;
    committer_.record(std::move(refused));
    done(Error{ErrorKind::unprocessable, rejected.reason});
  });
  if (taken) return;
  ++counters_.refused;  // it is no picture, whether there is time to keep it or not
  done(reason);
}

void Ingestor::abandon(Incoming incoming) {
  if (!incoming.rejected()) return;
  ++counters_.refused;
  auto shared = std::make_shared<Incoming>(std::move(incoming));
  const auto keep = [this, shared] {
    committer_.record(put_in_quarantine(store_, log_, std::move(*shared).reject()));
  };
  static_cast<void>(sealers_.post(keep));  // when there is no time for it, it goes with its file
}

void Ingestor::stop() {
  sealers_.stop();
  committer_.stop();
}

}  // namespace heliograph::ingest
