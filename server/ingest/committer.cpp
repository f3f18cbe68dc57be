#include "server/ingest/committer.hpp"

#include <algorithm>
#include <iterator>
#include <pthread.h>
#include <utility>

namespace heliograph::ingest {

Error disk_failed() {
  return {ErrorKind::unavailable, "the disk failed; nothing is stored until the owner looks"};
}

Committer::Committer(store::ImageStore& store, catalog::Catalog catalog, Counters& counters,
                     const Clock& clock, Log& log, OnAdded on_added)
    : store_(store),
      catalog_(std::move(catalog)),
      counters_(counters),
      log_(log),
      on_added_(std::move(on_added)),
      quarantine_(store_, catalog_, counters_, clock, log_),
      thread_([this] { run(); }) {
  pthread_setname_np(thread_.native_handle(), "committer");
}

Committer::~Committer() {
  stop();
}

void Committer::submit(Arrived arrived, Done done) {
  Waiting waiting{std::move(arrived), std::move(done)};
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_ && healthy_ && waiting_.size() < max_waiting) {
      waiting_.push_back(std::move(waiting));
      arrived_.notify_one();
      return;
    }
  }
  refuse(waiting, healthy_ ? Error{ErrorKind::unavailable,
                                   "the server is busy storing pictures; try again in a moment"}
                           : disk_failed());
}

Error Committer::give_up(const Error& why) {
  healthy_ = false;
  log_.error("the disk could not make pictures durable; nothing more is accepted until a restart",
             {{"why", why.detail}});
  return disk_failed();
}

void Committer::record(Refused refused) {
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_ && healthy_ && refused_.size() < max_waiting_refusals) {
      refused_.push_back(std::move(refused));
      arrived_.notify_one();
      return;
    }
  }
  if (!refused.key.empty()) remove_file(refused.key);
}

// On the thread itself, which then goes on until nothing waits.
void Committer::enqueue(Refused refused) {
  const std::lock_guard lock(mutex_);
  refused_.push_back(std::move(refused));
}

void Committer::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  arrived_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Committer::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    const auto woken = [this] { return stopping_ || !waiting_.empty() || !refused_.empty(); };
    arrived_.wait_for(lock, quarantine_sweep_interval, woken);
    if (stopping_ && waiting_.empty() && refused_.empty()) return;
    // Everyone who waits now; who comes while this batch syncs is the next one. No timer.
    const auto count = static_cast<std::ptrdiff_t>(std::min(waiting_.size(), max_batch));
    std::vector<Waiting> batch(std::make_move_iterator(waiting_.begin()),
                               std::make_move_iterator(waiting_.begin() + count));
    waiting_.erase(waiting_.begin(), waiting_.begin() + count);
    const std::vector<Refused> refused = std::exchange(refused_, {});
    lock.unlock();
    const bool quiet = batch.empty();
    if (!quiet) commit(std::move(batch));
    if (quiet || !refused.empty()) quarantine_.keep(refused);
    lock.lock();
  }
}

void Committer::commit(std::vector<Waiting> batch) {
  std::vector<catalog::NewImage> images;
  images.reserve(batch.size());
  for (const Waiting& waiting : batch) images.push_back(waiting.arrived.image);
  const auto results = make_durable(images);
  ++counters_.batches;
  if (!results) {
    log_.error("pictures were not stored", {{"count", batch.size()}, {"why", results.error().detail}});
    for (Waiting& waiting : batch) refuse(waiting, results.error());
    return;
  }
  for (std::size_t i = 0; i < batch.size(); ++i) answer(batch[i], (*results)[i]);
}

Result<std::vector<catalog::AddResult>> Committer::make_durable(
    const std::vector<catalog::NewImage>& images) {
  if (!healthy_) return disk_failed();
  const auto sync = [this]() -> Result<void> {
    if (auto synced = store_.sync_kept(); !synced) return give_up(synced.error());
    return {};
  };
  // A row must never outlive its file. SQLite's log goes to the disk by our sync, so the row comes first and
  // both are durable together; a database that makes its own commits durable is told only of files that
  // already are.
  if (catalog_.durability() == catalog::Durability::at_sync) {
    auto results = catalog_.add_images(images);
    if (!results) return results;
    if (auto synced = sync(); !synced) return synced.error();
    return results;
  }
  if (auto synced = sync(); !synced) return synced.error();
  return catalog_.add_images(images);
}

void Committer::answer(Waiting& waiting, const catalog::AddResult& result) {
  Arrived& arrived = waiting.arrived;
  if (arrived.origin && result.outcome != catalog::Added::conflict) {
    arrived.origin->refusal.kept->salvaged = result.id;
    enqueue(std::move(*arrived.origin));
  }
  switch (result.outcome) {
    case catalog::Added::stored:
      ++counters_.stored;
      if (arrived.origin) ++counters_.salvaged;
      counters_.bytes_stored += static_cast<std::uint64_t>(arrived.image.image.size_bytes);
      on_added_({arrived.image.image, arrived.camera.folder});
      waiting.done(Receipt{result.id, result.captured_at, false});
      return;
    case catalog::Added::duplicate:
      ++counters_.duplicates;
      remove_file(arrived.key);
      waiting.done(Receipt{result.id, result.captured_at, true});
      return;
    case catalog::Added::conflict:
      ++counters_.refused;
      waiting.done(keep_conflict(arrived, result.id));
      return;
  }
}

// Both pictures are kept: the first one where it is, this one in quarantine.
Error Committer::keep_conflict(Arrived& arrived, ImageId first) {
  std::string reason =
      "this camera already sent another picture under this boot and sequence: image " + to_string(first);
  if (arrived.origin) {  // which has it
    remove_file(arrived.key);
    arrived.origin->refusal.reason = reason;
    enqueue(std::move(*arrived.origin));
  } else {
    enqueue(put_in_quarantine(store_, log_, {arrived.image, arrived.camera, arrived.key, reason}));
  }
  return {ErrorKind::conflict, std::move(reason)};
}

void Committer::refuse(Waiting& waiting, const Error& error) {
  ++counters_.failed;
  // The rows may be there in spite of the failure (a sync that failed after the commit); then recovery takes
  // them away. Its sender will come again with all of it.
  remove_file(waiting.arrived.key);
  if (waiting.arrived.origin) remove_file(waiting.arrived.origin->key);
  waiting.done(error);
}

void Committer::remove_file(const std::string& key) {
  if (auto removed = store_.remove(key); !removed) {
    log_.warning("the file of a picture that was not stored stays", {{"why", removed.error().detail}});
  }
}

}  // namespace heliograph::ingest
