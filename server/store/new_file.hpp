// A file on its way into the data directory.
#pragma once

#include "server/base/error.hpp"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

namespace heliograph::store {

// Exclusively ours until keep(). Removed when destroyed before that, so that an upload which ends in any way
// but well leaves nothing behind. One thread at a time.
class NewFile {
 public:
  // Takes over an open descriptor of the file at `path`.
  NewFile(int descriptor, std::filesystem::path path) : descriptor_(descriptor), path_(std::move(path)) {}
  NewFile(NewFile&& other) noexcept;
  NewFile& operator=(NewFile&&) = delete;
  ~NewFile();

  // storage_full, internal.
  Result<void> write(std::span<const std::uint8_t> bytes);
  // Closes the file. From now on it stays, unsynced.
  Result<void> keep();

 private:
  int descriptor_;
  std::filesystem::path path_;
  bool kept_ = false;
};

}  // namespace heliograph::store
