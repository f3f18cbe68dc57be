#include "server/store/new_file.hpp"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace heliograph::store {
namespace {

Result<void> sync_directory(const std::filesystem::path& directory) {
  const int descriptor = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
  const int failure = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (!synced) return error_from_errno(failure, "sync the directory " + directory.string());
  return {};
}

}  // namespace

NewFile::NewFile(NewFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      path_(std::move(other.path_)),
      keep_(other.keep_),
      untidy_(other.untidy_),
      kept_(std::exchange(other.kept_, true)) {}

NewFile::~NewFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!kept_ && ::unlink(path_.c_str()) != 0) *untidy_ = true;
}

Result<void> NewFile::write(std::span<const std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return error_from_errno(errno, "write " + path().filename().string());
    }
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return {};
}

Result<void> NewFile::read_back(const std::function<void(std::span<const std::uint8_t>)>& each) const {
  // One call for a usual picture; on the stack of a thread, so not more.
  std::array<std::uint8_t, 128 * 1024> piece;  // NOLINT(cppcoreguidelines-pro-type-member-init): read into
  for (off_t at = 0;;) {
    const ssize_t got = ::pread(descriptor_, piece.data(), piece.size(), at);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return error_from_errno(errno, "read back " + path().filename().string());
    if (got == 0) return {};
    each(std::span(piece).first(static_cast<std::size_t>(got)));
    at += got;
  }
}

Result<void> NewFile::sync() const {
  if (::fdatasync(descriptor_) != 0) return error_from_errno(errno, "sync " + path().filename().string());
  return sync_directory(path().parent_path());
}

Result<void> NewFile::keep() {
  if (keep_ == Keep::durably) {
    if (auto synced = sync(); !synced) return synced;
  }
  // The sync that follows then has less left to begin by itself: on an ext4 that halves it. What fails of it,
  // the sync reports.
  if (keep_ == Keep::soon) ::sync_file_range(descriptor_, 0, 0, SYNC_FILE_RANGE_WRITE);
  // Some filesystems report a full disk only here.
  if (::close(std::exchange(descriptor_, -1)) != 0)
    return error_from_errno(errno, "close " + path().filename().string());
  kept_ = true;
  return {};
}

}  // namespace heliograph::store
