// Resumable uploads (docs/storage.md, P7): a picture that comes in pieces, over several connections and
// several lives of the server. When it is whole it goes the way of every other one, through the Ingestor.
#pragma once

#include "server/base/worker.hpp"
#include "server/ingest/ingest.hpp"
#include "server/ingest/piece.hpp"
#include "server/ingest/upload_rules.hpp"

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <unordered_set>

namespace heliograph::ingest {

// An upload as its camera finds it. With neither a piece nor a receipt it is being committed just now: ask
// again in a moment.
struct OpenedUpload {
  UploadId id;
  std::uint64_t size_bytes = 0;
  Timestamp expires_at;
  std::shared_ptr<Piece> piece;    // it waits for bytes, or has all of them and is not stored yet
  std::optional<Receipt> receipt;  // it is an image
};

// Its verbs block, and run on its own thread: hand them to worker(). Anything but a failure of a verb goes
// to the log.
class Resumable {
 public:
  using Done = Ingestor::Done;

  // `catalog` need not make its commits durable. All references outlive this.
  Resumable(Ingestor& ingestor, store::ImageStore& store, catalog::Catalog catalog, IdSource& ids,
            const Clock& clock, Log& log, const UploadRules& rules = {});

  Worker& worker() { return worker_; }
  // Ends the thread. The Ingestor is stopped before, so that nothing is being committed. Idempotent.
  void stop() { worker_.stop(); }

  // --- on the worker's thread ---
  // Makes an upload of so many bytes, or finds the one that the camera has begun under this name and size; a
  // name that is an image already is answered with it at once. conflict: the name is a larger picture's.
  // unavailable: too much is open.
  Result<OpenedUpload> begin(const ImageUpload& upload, std::uint64_t size_bytes);
  // Takes it from whoever has it. not_found: there is none, it expired, or it is another camera's.
  Result<OpenedUpload> open(const catalog::Camera& camera, UploadId id);
  // After bytes that were not the last: when the upload expires now.
  Result<Timestamp> extend(UploadId id);
  // After the last byte: makes the image. `done` is called exactly once, on any thread, as
  // Ingestor::commit says. What is no picture, or another one's name, is gone afterwards; after any other
  // failure open() finds it whole, for another try.
  void complete(const catalog::Camera& camera, const std::shared_ptr<Piece>& piece, Done done);
  // As open() says. conflict: it is being committed.
  Result<void> remove(const catalog::Camera& camera, UploadId id);
  // Removes what expired, and files that no upload needs. At start, and every minute.
  Result<void> sweep();

 private:
  Result<OpenedUpload> repeat(const ImageUpload& upload, const catalog::Image& image,
                              std::uint64_t size_bytes);
  Result<std::optional<OpenedUpload>> begun_before(const ImageUpload& upload, std::uint64_t size_bytes);
  Result<void> make_room_for(const catalog::Camera& camera, std::uint64_t size_bytes);
  // Not_found when it is another camera's or has expired.
  Result<catalog::Upload> find(const catalog::Camera& camera, UploadId id);
  Result<OpenedUpload> take(const catalog::Upload& upload);
  Result<void> feed(const catalog::Camera& camera, Piece& piece, Done& done);
  void settle(UploadId id, const Result<Receipt>& result);
  void finish(UploadId id, const Receipt& receipt);
  Result<void> forget(const catalog::Upload& upload);
  void end_piece(UploadId id);
  bool committing(UploadId id) const;
  void set_committing(UploadId id, bool committing);

  Ingestor& ingestor_;
  store::ImageStore& store_;
  catalog::Catalog catalog_;
  IdSource& ids_;
  const Clock& clock_;
  Log& log_;
  const UploadRules rules_;
  std::int64_t open_bytes_ = 0;                                // announced, of all that are open
  std::unordered_map<UploadId, std::weak_ptr<Piece>> pieces_;  // the latest of each
  std::unordered_set<UploadId> proven_;                        // read since the start, or written by us
  mutable std::mutex mutex_;
  std::unordered_set<UploadId> committing_;  // guarded by mutex_: the committer's thread ends it in need
  Worker worker_;                            // last: its thread uses all of the above
};

// Requests that wait for the thread. Each is a millisecond, so this is a second; past it the answer is 503.
inline constexpr std::size_t max_waiting_uploads = 1024;
// Expired uploads that are removed in one go, so that nobody waits long behind the sweep.
inline constexpr int swept_at_once = 200;

}  // namespace heliograph::ingest
