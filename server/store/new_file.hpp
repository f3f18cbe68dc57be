// A file on its way into the data directory.
#pragma once

#include "server/base/error.hpp"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>

namespace heliograph::store {

// Exclusively ours until keep(). Removed when destroyed before that, so that an upload which ends in any way
// but well leaves nothing behind. One thread at a time.
class NewFile {
 public:
  // What keep() does about the disk: nothing; has the kernel begin to write, because a sync of the filesystem
  // follows; or waits until all is there.
  enum class Keep { unsynced, soon, durably };

  // Takes over a descriptor of the file at `path`, open to read and write. `untidy`, which outlives this, is
  // set when the file should go and stays.
  NewFile(int descriptor, const std::filesystem::path& path, Keep keep, std::atomic<bool>& untidy)
      : descriptor_(descriptor), path_(path.native()), keep_(keep), untidy_(&untidy) {}
  NewFile(NewFile&& other) noexcept;
  NewFile& operator=(NewFile&&) = delete;
  ~NewFile();

  // storage_full, internal.
  Result<void> write(std::span<const std::uint8_t> bytes);
  // Hands everything that was written to `each`, in order and in pieces. internal.
  Result<void> read_back(const std::function<void(std::span<const std::uint8_t>)>& each) const;
  // Closes the file, after seeing to the disk as it was made to. From now on it stays.
  // internal (after which nobody knows what of it is on the disk), storage_full.
  Result<void> keep();

 private:
  Result<void> sync() const;
  std::filesystem::path path() const { return path_; }

  int descriptor_;
  std::string path_;  // a std::filesystem::path keeps its parts beside it: 340 bytes for each upload in hand
  Keep keep_;
  std::atomic<bool>* untidy_;
  bool kept_ = false;
};

}  // namespace heliograph::store
