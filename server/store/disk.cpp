#include "server/store/disk.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <set>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace heliograph::store {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view lock_name = "lock";
constexpr std::string_view clean_mark_name = "clean";
constexpr mode_t file_mode =
    0644;  // pictures are for the owner's other tools too; the catalog with the keys is not here

Timestamp modified_at(const struct stat& status) {
  return Timestamp{std::chrono::seconds{status.st_mtim.tv_sec} +
                   std::chrono::milliseconds{status.st_mtim.tv_nsec / 1'000'000}};
}

Error for_the_owner(const fs::path& directory, std::string_view problem, int errno_value) {
  const Error cause = error_from_errno(errno_value, directory.string());
  return {ErrorKind::bad_request, "the data directory " + std::string(problem) + ": " + cause.detail};
}

// Walks <folder>/<year>/<month>/<day> below `root`; a day directory's own time tells whether anything in it
// came or went.
class DayWalk {
 public:
  DayWalk(fs::path root, std::optional<Timestamp> changed_since)
      : root_(std::move(root)), since_(changed_since) {}

  // `stray` is told of every file that stands above the days.
  template <class Visit, class Stray>
  void each_day(Visit visit, const Stray& stray) const {
    constexpr int day_depth = 3;  // below the folder
    for (const fs::directory_entry& folder : fs::directory_iterator(root_)) {
      if (!folder.is_directory()) {
        stray(folder.path());
        continue;
      }
      for (auto it = fs::recursive_directory_iterator(folder.path());
           it != fs::recursive_directory_iterator(); ++it) {
        if (!it->is_directory()) stray(it->path());
        if (!it->is_directory() || it.depth() + 1 != day_depth) continue;
        it.disable_recursion_pending();
        if (changed(it->path())) visit(folder.path().filename().string(), it->path());
      }
    }
  }

 private:
  bool changed(const fs::path& day) const {
    if (!since_) return true;
    struct stat status{};
    return ::stat(day.c_str(), &status) != 0 || modified_at(status) >= *since_;
  }

  fs::path root_;
  std::optional<Timestamp> since_;
};

// Every file below `root`: those whose name `parse` knows, in the place that `key_of` gives them, and
// strangers.
template <class Found, class Parse, class KeyOf>
Result<void> walk_files(const ImageStore& store, std::string_view root,
                        std::optional<Timestamp> changed_since, Parse parse, KeyOf key_of,
                        const std::function<void(const Found&)>& each,
                        const std::function<void(const fs::path&)>& stray) try {
  const auto each_file = [&](const std::string& folder, const fs::path& day) {
    for (const fs::directory_entry& entry : fs::directory_iterator(day)) {
      const auto name = parse(entry.path().filename().string());
      struct stat status{};
      if (!name || ::lstat(entry.path().c_str(), &status) != 0 || !S_ISREG(status.st_mode) ||
          store.path_of(key_of(folder, *name)) != entry.path()) {
        stray(entry.path());
        continue;
      }
      each({folder, *name, static_cast<std::uint64_t>(status.st_size), modified_at(status)});
    }
  };
  DayWalk(store.path_of(root), changed_since).each_day(each_file, stray);
  return {};
} catch (const fs::filesystem_error& failure) {
  return error_from_errno(failure.code().value(), "walk " + failure.path1().string());
}

}  // namespace

Result<std::unique_ptr<ImageStore>> ImageStore::open(const fs::path& directory, SyncPolicy policy) {
  std::error_code failed;
  for (const char* part : {"", "images", "thumbnails", "quarantine", "uploads", "firmware"}) {
    fs::create_directories(directory / part, failed);
    if (failed) return for_the_owner(directory / part, "cannot be made", failed.value());
  }
  const int lock =
      ::open((directory / lock_name).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, static_cast<unsigned>(file_mode));
  if (lock < 0) return for_the_owner(directory, "cannot be written to", errno);
  if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
    ::close(lock);
    return Error{ErrorKind::unavailable,
                 "another heliograph is using the data directory " + directory.string() + "; stop it first"};
  }
  const int self = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (self < 0) {
    const int errno_value = errno;
    ::close(lock);
    return for_the_owner(directory, "cannot be opened", errno_value);
  }
  return std::unique_ptr<ImageStore>(new ImageStore(directory, policy, self, lock));
}

Result<std::unique_ptr<ImageStore>> ImageStore::open_to_read(const fs::path& directory) {
  const int self = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (self < 0) return error_from_errno(errno, "the data directory " + directory.string());
  return std::unique_ptr<ImageStore>(new ImageStore(directory, SyncPolicy::filesystem, self, -1));
}

ImageStore::~ImageStore() {
  ::close(directory_descriptor_);
  if (lock_descriptor_ >= 0) ::close(lock_descriptor_);
}

Result<NewFile> ImageStore::create(std::string_view key) {
  switch (policy_) {
    case SyncPolicy::each_file:
      return create(key, NewFile::Keep::durably);
    case SyncPolicy::unsafe_never:
      return create(key, NewFile::Keep::unsynced);
    case SyncPolicy::filesystem:
      break;
  }
  return create(key, NewFile::Keep::soon);
}

Result<NewFile> ImageStore::create(std::string_view key, NewFile::Keep keep) {
  const fs::path path = path_of(key);
  constexpr int flags = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC;
  int descriptor = ::open(path.c_str(), flags, static_cast<unsigned>(file_mode));
  if (descriptor < 0 && errno == ENOENT) {  // the first picture of a day
    std::error_code failed;
    fs::create_directories(path.parent_path(), failed);
    if (failed) return error_from_errno(failed.value(), "make the directory of " + std::string(key));
    if (keep == NewFile::Keep::durably) {  // keeping the file syncs its own directory, not those above
      if (auto synced = sync(); !synced) return synced.error();
    }
    descriptor = ::open(path.c_str(), flags, static_cast<unsigned>(file_mode));
  }
  if (descriptor < 0) return error_from_errno(errno, "create " + std::string(key));
  return NewFile(descriptor, path, keep, untidy_);
}

Result<void> ImageStore::replace(std::string_view key, std::span<const std::uint8_t> bytes) {
  // A number of its own: somebody else may be replacing the same file, as a page that asks for a thumbnail
  // and the job that makes it do.
  const std::string temporary =
      std::string(key) + "." + std::to_string(++replacing_) + std::string(unfinished_suffix);
  std::error_code ignored;
  fs::remove(path_of(temporary), ignored);  // left by a crash
  auto file = create(temporary, NewFile::Keep::unsynced);
  if (!file) return file.error();
  if (auto written = file->write(bytes); !written) return written;
  if (auto kept = file->keep(); !kept) return kept;
  if (::rename(path_of(temporary).c_str(), path_of(key).c_str()) != 0) {
    const Error error = error_from_errno(errno, "rename to " + std::string(key));
    ::unlink(path_of(temporary).c_str());
    return error;
  }
  return {};
}

Result<std::vector<std::uint8_t>> ImageStore::read(std::string_view key, std::uint64_t max_bytes) const {
  const int descriptor = ::open(path_of(key).c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return error_from_errno(errno, "open " + std::string(key));
  struct stat status{};
  if (::fstat(descriptor, &status) != 0 || static_cast<std::uint64_t>(status.st_size) > max_bytes) {
    ::close(descriptor);
    return Error{ErrorKind::too_large,
                 std::string(key) + " is larger than " + std::to_string(max_bytes) + " bytes"};
  }
  std::vector<std::uint8_t> bytes(static_cast<std::size_t>(status.st_size));
  std::size_t filled = 0;
  while (filled < bytes.size()) {
    const ssize_t got = ::read(descriptor, bytes.data() + filled, bytes.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      const Error error = error_from_errno(errno, "read " + std::string(key));
      ::close(descriptor);
      return error;
    }
    if (got == 0) break;  // cut while we read
    filled += static_cast<std::size_t>(got);
  }
  ::close(descriptor);
  bytes.resize(filled);
  return bytes;
}

Result<void> ImageStore::read_pieces(std::string_view key, std::uint64_t offset, std::uint64_t length,
                                     const std::function<void(std::span<const std::uint8_t>)>& each) const {
  const int descriptor = ::open(path_of(key).c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return error_from_errno(errno, "open " + std::string(key));
  constexpr std::size_t piece_bytes = 64 * 1024;
  std::vector<std::uint8_t> piece(piece_bytes);
  Result<void> done;
  while (length > 0) {
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(length, piece.size()));
    const ssize_t got = ::pread(descriptor, piece.data(), wanted, static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) done = error_from_errno(errno, "read " + std::string(key));
    if (got <= 0) break;
    const auto count = static_cast<std::size_t>(got);
    each(std::span(piece).first(count));
    offset += count;
    length -= count;
  }
  ::close(descriptor);
  return done;
}

Result<void> ImageStore::move(std::string_view from, std::string_view to) {
  const fs::path target = path_of(to);
  const auto rename = [&] {
    return ::renameat2(AT_FDCWD, path_of(from).c_str(), AT_FDCWD, target.c_str(), RENAME_NOREPLACE) == 0;
  };
  if (rename()) return {};
  if (errno == ENOENT) {  // the first of a day
    std::error_code failed;
    fs::create_directories(target.parent_path(), failed);
    if (failed) return error_from_errno(failed.value(), "make the directory of " + std::string(to));
    if (rename()) return {};
  }
  return error_from_errno(errno, "move " + std::string(from) + " to " + std::string(to));
}

Result<Timestamp> ImageStore::modified(std::string_view key) const {
  struct stat status{};
  if (::stat(path_of(key).c_str(), &status) != 0)
    return error_from_errno(errno, "look at " + std::string(key));
  return modified_at(status);
}

Result<void> ImageStore::remove(std::string_view key) {
  if (::unlink(path_of(key).c_str()) == 0) return {};
  const Error error = error_from_errno(errno, "remove " + std::string(key));
  if (error.kind != ErrorKind::not_found) untidy_ = true;
  return error;
}

Result<void> ImageStore::sync_kept() {
  return policy_ == SyncPolicy::each_file ? Result<void>() : sync();
}

Result<void> ImageStore::sync() {
  if (policy_ == SyncPolicy::unsafe_never) return {};
  if (::syncfs(directory_descriptor_) != 0) return error_from_errno(errno, "sync " + directory_.string());
  return {};
}

Result<void> ImageStore::sync_directories_of(std::span<const std::string> keys) {
  if (policy_ == SyncPolicy::unsafe_never) return {};
  std::set<fs::path> directories;
  for (const std::string& key : keys) directories.insert(path_of(key).parent_path());
  for (const fs::path& directory : directories) {
    const int descriptor = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0 && errno == ENOENT) continue;  // nothing is in it any more
    if (descriptor < 0) return error_from_errno(errno, "open " + directory.string());
    const int synced = ::fsync(descriptor);
    const int errno_value = errno;
    ::close(descriptor);
    if (synced != 0) return error_from_errno(errno_value, "sync " + directory.string());
  }
  return {};
}

Result<void> ImageStore::walk(std::optional<Timestamp> changed_since,
                              const std::function<void(const FoundImage&)>& each,
                              const std::function<void(const fs::path&)>& stray) const {
  return walk_files<FoundImage>(*this, "images", changed_since, parse_image_filename, image_key, each, stray);
}

Result<void> ImageStore::walk_thumbnails(std::optional<Timestamp> changed_since,
                                         const std::function<void(const FoundImage&)>& each,
                                         const std::function<void(const fs::path&)>& stray) const {
  return walk_files<FoundImage>(*this, "thumbnails", changed_since, parse_image_filename, thumbnail_key, each,
                                stray);
}

Result<void> ImageStore::walk_quarantine(const std::function<void(const FoundQuarantined&)>& each,
                                         const std::function<void(const fs::path&)>& stray) const {
  std::error_code ignored;
  if (!fs::exists(path_of("quarantine"), ignored)) return {};  // of a directory that is opened to read
  return walk_files<FoundQuarantined>(*this, "quarantine", {}, parse_quarantine_filename, quarantine_key,
                                      each, stray);
}

Result<bool> ImageStore::take_clean_mark() {
  const bool was_there = ::unlink((directory_ / clean_mark_name).c_str()) == 0;
  if (was_there && ::fsync(directory_descriptor_) != 0) {
    return error_from_errno(errno, "sync " + directory_.string());
  }
  return was_there;
}

Result<void> ImageStore::leave_clean_mark() {
  if (untidy_) return {};
  const int mark = ::open((directory_ / clean_mark_name).c_str(), O_WRONLY | O_CREAT | O_CLOEXEC,
                          static_cast<unsigned>(file_mode));
  if (mark < 0) return error_from_errno(errno, "leave the clean mark");
  ::close(mark);
  if (::fsync(directory_descriptor_) != 0) return error_from_errno(errno, "sync " + directory_.string());
  return {};
}

Result<ImageStore::Space> ImageStore::space() const {
  struct statvfs status{};
  if (::fstatvfs(directory_descriptor_, &status) != 0) return error_from_errno(errno, "ask for free space");
  const std::uint64_t block = status.f_frsize;
  return Space{status.f_bavail * block, status.f_blocks * block};
}

}  // namespace heliograph::store
