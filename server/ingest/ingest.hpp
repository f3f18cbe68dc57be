// ingest: a picture arrives, and is safe before anyone is told so. See docs/storage.md for the procedures by
// number.
//
// Owns the way of an image from its first byte to its durable row: the exclusive file, the checks on the way,
// the one committer, and what is done about what a crash left behind (recovery.hpp, fsck.hpp). `http` feeds
// it; it tells what was added. What must not be in it: HTTP, cameras' keys, thumbnails, who watches.
#pragma once

#include "server/base/worker.hpp"
#include "server/ingest/committer.hpp"
#include "server/ingest/incoming.hpp"
#include "server/ingest/upload.hpp"

#include <cstdint>
#include <functional>
#include <memory>

namespace heliograph::ingest {

class Ingestor {
 public:
  using OnAdded = Committer::OnAdded;
  using Done = Committer::Done;

  // Starts the committer on `catalog`. Recovery must have run. All references outlive the Ingestor.
  // `on_added` is called on the committer's thread and must only schedule.
  Ingestor(store::ImageStore& store, store::SpaceWatch& space, catalog::Catalog catalog, IdSource& ids,
           const Clock& clock, Log& log, OnAdded on_added);

  // Makes the picture's file. storage_full, before anything is written, when the disk is full but for its
  // reserve; internal. Any thread.
  Result<Incoming> begin(ImageUpload upload);
  // The same in two steps, for who wants to know before the first byte whether there is room.
  Result<store::Room> reserve(std::optional<std::uint64_t> announced_bytes);
  Result<Incoming> begin(std::shared_ptr<const ImageUpload> upload, store::Room room);

  // Checks that it is whole and hands it to the committer. What is not goes into quarantine; a whole picture
  // inside of it is committed in its place. `done` is called exactly once: at once when nothing more can be
  // taken, else on a thread of the ingestor when it is refused (unprocessable), is durable, or has failed
  // (conflict, storage_full, unavailable). Any thread.
  void commit(Incoming incoming, const Done& done);
  // Its sender went away before the end. What was known to be no picture is kept as if it had stayed: nothing
  // that could have followed would have changed that. The first part of a picture is removed: its camera will
  // send it again, and broken connections would fill the quarantine. Any thread.
  void abandon(Incoming incoming);

  // Commits what waits, then ends the committer; later commits fail with unavailable. Idempotent.
  void stop();

  // False after a failed sync: nothing is acknowledged until the server is started again. Any thread.
  bool healthy() const { return committer_.healthy(); }
  const Counters& counters() const { return counters_; }

 private:
  void refuse(Incoming incoming, const Done& done);

  store::ImageStore& store_;
  store::SpaceWatch& space_;
  IdSource& ids_;
  const Clock& clock_;
  Log& log_;
  Counters counters_;
  Committer committer_;
  Worker sealers_;  // hash what has arrived, or salvage from it, then hand it to the committer
};

}  // namespace heliograph::ingest
