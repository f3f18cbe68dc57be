// ingest: a picture arrives, and is safe before anyone is told so. See docs/storage.md for the procedures by number.
//
// Owns the way of an image from its first byte to its durable row: the exclusive file, the checks on the way, the one
// committer, and what is done about what a crash left behind. `http` feeds it; it tells what was added.
// What must not be in it: HTTP, cameras' keys, thumbnails, who watches.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "protocol/telemetry.hpp"
#include "server/base/base.hpp"
#include "server/catalog/catalog.hpp"
#include "server/store/store.hpp"

namespace heliograph::ingest {

// Everything a sender told about its picture, whatever dialect it spoke.
struct ImageUpload {
  catalog::Camera camera;
  std::optional<catalog::SenderName> sender;
  std::optional<Timestamp> captured_at;  // none: the camera does not know; the time of arrival is taken
  std::optional<protocol::Telemetry> telemetry;
};

struct Receipt {
  ImageId id;               // the first one's, for a repeat
  Timestamp captured_at;    // the first one's, for a repeat
  bool duplicate = false;
};

class Ingestor;

// A picture on its way in. Belongs to the thread that feeds it (net). Destroyed unfinished, it leaves nothing behind.
class Incoming {
 public:
  Incoming(Incoming&&) noexcept;
  Incoming& operator=(Incoming&&) = delete;
  ~Incoming();

  // The next bytes. unprocessable as soon as they cannot be a JPEG; storage_full; internal (the disk said no).
  Result<void> write(std::span<const std::uint8_t> bytes);

 private:
  friend class Ingestor;
  struct State;
  explicit Incoming(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

struct IngestStats {
  std::uint64_t stored = 0, duplicates = 0, refused = 0, failed = 0;
  std::uint64_t bytes_stored = 0;
  std::uint64_t batches = 0;  // syncs
};

class Ingestor {
 public:
  // Called on the committer's thread after an image became durable, before its sender is answered. Must only schedule.
  using OnAdded = std::function<void(const catalog::FiledImage&)>;

  // Starts the committer, which opens its own catalog connection with `database`. The store must be recovered.
  static Result<std::unique_ptr<Ingestor>> start(store::ImageStore& store, catalog::Catalog catalog, IdSource& ids,
                                                 const Clock& clock, Log& log, OnAdded on_added);
  ~Ingestor();

  // Any thread.
  Result<Incoming> begin(ImageUpload upload);

  // Checks that it is whole, and hands it to the committer. `done` is called exactly once: at once when it is refused
  // (unprocessable), else on the committer's thread when it is durable or has failed (conflict, storage_full,
  // unavailable). Any thread.
  void commit(Incoming incoming, std::function<void(Result<Receipt>)> done);

  // Commits what is queued, then ends the committer. Later commits fail with unavailable. Idempotent.
  void stop();

  // Not ready after a failed sync: nothing is acknowledged until the server is started again.
  bool healthy() const;
  IngestStats stats() const;

 private:
  struct Impl;
  explicit Ingestor(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace heliograph::ingest
