// One request's hold of a resumable upload: where its bytes go.
#pragma once

#include "server/base/id.hpp"
#include "server/store/store.hpp"

#include <cstdint>
#include <mutex>
#include <optional>
#include <span>

namespace heliograph::ingest {

// The latest request that asks for an upload has it, and it is taken from the one before: a camera whose link
// dropped comes back long before we notice that the old connection is dead. Any thread.
class Piece {
 public:
  // `size_bytes`: of the whole upload.
  Piece(UploadId id, std::uint64_t size_bytes, store::PartialFile file)
      : id_(id), size_bytes_(size_bytes), offset_(file.size()), file_(std::move(file)) {}

  UploadId id() const { return id_; }
  std::uint64_t size_bytes() const { return size_bytes_; }
  // How many bytes of the upload there are.
  std::uint64_t offset() const;

  // The next bytes. conflict: a later request has the upload now. too_large: more than was announced.
  // storage_full, internal.
  Result<void> write(std::span<const std::uint8_t> bytes);
  // Gives up what this request has brought. Errors as of write().
  Result<void> cut_back();
  // All that has come. conflict as of write(); internal; what `each` returns.
  Result<void> read(const std::function<Result<void>(std::span<const std::uint8_t>)>& each);
  // From now on nothing is written here. What came stays.
  void end();

 private:
  static Error taken();

  const UploadId id_;
  const std::uint64_t size_bytes_;
  mutable std::mutex mutex_;
  std::uint64_t offset_;                    // guarded by mutex_
  std::optional<store::PartialFile> file_;  // guarded by mutex_; none after end()
};

}  // namespace heliograph::ingest
