// What has come of a resumable upload (docs/storage.md, P7): a file that grows over several requests.
#pragma once

#include "server/base/error.hpp"
#include "server/base/sha256.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>

namespace heliograph::store {

// A descriptor that is closed.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor();

  int get() const { return number_; }

 private:
  int number_;
};

// Whether a file's bytes are known to be those that came. They are not after a start of ours: a power cut
// keeps a file's length and loses its bytes, and a JPEG does not show that.
enum class Trust { known, to_be_proven };

// Its bytes, and beside them a file of checksums, one for each stretch of note_every bytes or less. So a
// crash costs what has no checksum yet, and bytes that a power cut tore are found. Nothing is ever synced:
// what is lost is sent again. One thread at a time.
class PartialFile {
 public:
  // Opens or makes both. With to_be_proven, everything behind the first stretch whose checksum is wrong or
  // missing is cut off; this reads the file. storage_full, internal.
  static Result<PartialFile> open(const std::filesystem::path& path, Trust trust);
  PartialFile(PartialFile&&) noexcept = default;
  PartialFile& operator=(PartialFile&&) = delete;
  // Notes what has no checksum yet, if it can.
  ~PartialFile();

  std::uint64_t size() const { return size_; }
  // storage_full, internal: what still fitted stays.
  Result<void> append(std::span<const std::uint8_t> bytes);
  // Gives up what was appended since this object was opened.
  Result<void> cut_back();
  // From the beginning, piece by piece, until `each` returns an error. The pieces live until it returns.
  Result<void> read(const std::function<Result<void>(std::span<const std::uint8_t>)>& each) const;

 private:
  PartialFile(Descriptor bytes, Descriptor sums) : bytes_(std::move(bytes)), sums_(std::move(sums)) {}

  Result<void> prove();
  Result<void> resume_at_end();
  Result<void> note();

  Descriptor bytes_;
  Descriptor sums_;
  std::uint64_t size_ = 0;
  std::uint64_t noted_ = 0;      // so far there are checksums
  std::uint64_t sums_size_ = 0;  // bytes of the file of checksums
  std::uint64_t opened_size_ = 0;
  std::uint64_t opened_sums_size_ = 0;
  Sha256 hash_;  // of what is behind noted_
};

// A checksum costs 40 bytes and a system call; this is what a crash may cost a camera, two seconds of 2G.
inline constexpr std::uint64_t note_every = 16ULL * 1024;

}  // namespace heliograph::store
