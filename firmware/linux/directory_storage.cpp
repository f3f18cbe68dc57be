#include "firmware/linux/directory_storage.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <utility>
#include <vector>

namespace heliograph::firmware {

namespace {

// What put() writes to before the name is right. One is enough: one thread puts.
constexpr const char* temporary_name = "PUT.TMP";

const char* area_name(Area area) {
  switch (area) {
    case Area::waiting:
      return "waiting";
    case Area::refused:
      return "refused";
    case Area::damaged:
      return "damaged";
    case Area::state:
      break;
  }
  return "state";
}

bool write_all(int fd, Bytes bytes) {
  const char* data = static_cast<const char*>(bytes.data);
  while (bytes.size > 0) {
    const ssize_t written = ::write(fd, data, bytes.size);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    data += written;
    bytes.size -= static_cast<std::size_t>(written);
  }
  return true;
}

}  // namespace

StorageStatus DirectoryStorage::open() {
  std::error_code error;
  std::filesystem::create_directories(directory_, error);
  if (error) {
    error_ = directory_.string() + ": " + error.message();
    return StorageStatus::failed;
  }
  if (!take_lock()) return StorageStatus::failed;
  for (const Area area : {Area::waiting, Area::refused, Area::damaged, Area::state}) {
    if (!open_area(area)) return fail(area_name(area));
    ::unlinkat(area_fd(area), temporary_name, 0);
  }
  return StorageStatus::ok;
}

bool DirectoryStorage::take_lock() {
  const std::string path = (directory_ / "lock").string();
  lock_ = FileDescriptor(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!lock_) {
    fail("lock");
    return false;
  }
  if (::flock(lock_.get(), LOCK_EX | LOCK_NB) == 0) return true;
  error_ =
      directory_.string() + " is in use by another heliograph-cam; give this one its own with --spool DIR";
  return false;
}

bool DirectoryStorage::open_area(Area area) {
  const std::string path = (directory_ / area_name(area)).string();
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return false;
  FileDescriptor& fd = areas_[static_cast<std::size_t>(area)];
  fd = FileDescriptor(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return static_cast<bool>(fd);
}

StorageStatus DirectoryStorage::put(Area area, std::string_view name, Bytes first, Bytes second) {
  const int directory = area_fd(area);
  const std::string final_name(name);
  const StorageStatus written = write_temporary(directory, first, second);
  if (written != StorageStatus::ok) {
    ::unlinkat(directory, temporary_name, 0);
    return written;
  }
  if (::renameat(directory, temporary_name, directory, final_name.c_str()) != 0) {
    const StorageStatus status = fail(name);
    ::unlinkat(directory, temporary_name, 0);
    return status;
  }
  if (::fsync(directory) != 0) {
    const StorageStatus status = fail(name);
    ::unlinkat(directory, final_name.c_str(), 0);
    return status;
  }
  return StorageStatus::ok;
}

StorageStatus DirectoryStorage::write_temporary(int area_fd, Bytes first, Bytes second) {
  const FileDescriptor file(
      ::openat(area_fd, temporary_name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  const bool durable =
      file && write_all(file.get(), first) && write_all(file.get(), second) && ::fsync(file.get()) == 0;
  return durable ? StorageStatus::ok : fail("a new record");
}

FileRead DirectoryStorage::read(Area area, std::string_view name, void* out, std::size_t capacity) {
  const FileDescriptor file(::openat(area_fd(area), std::string(name).c_str(), O_RDONLY | O_CLOEXEC));
  struct stat facts{};
  if (!file || ::fstat(file.get(), &facts) != 0) return {fail(name), 0, 0};

  FileRead result;
  result.file_size = static_cast<std::uint64_t>(facts.st_size);
  while (result.size_read < capacity) {
    const ssize_t got =
        ::read(file.get(), static_cast<char*>(out) + result.size_read, capacity - result.size_read);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return {fail(name), 0, 0};
    if (got == 0) break;
    result.size_read += static_cast<std::size_t>(got);
  }
  return result;
}

StorageStatus DirectoryStorage::remove(Area area, std::string_view name) {
  const bool gone = ::unlinkat(area_fd(area), std::string(name).c_str(), 0) == 0 || errno == ENOENT;
  return gone ? StorageStatus::ok : fail(name);
}

StorageStatus DirectoryStorage::move(Area from, std::string_view name, Area to) {
  const std::string same_name(name);
  const bool moved = ::renameat(area_fd(from), same_name.c_str(), area_fd(to), same_name.c_str()) == 0;
  return moved ? StorageStatus::ok : fail(name);
}

StorageStatus DirectoryStorage::list(Area area, FileVisitor& visitor) {
  const std::filesystem::path path = directory_ / area_name(area);
  std::vector<std::pair<std::string, std::uint64_t>> files;  // the visitor may remove what it sees
  std::error_code error;
  for (std::filesystem::directory_iterator entry(path, error), end; !error && entry != end;
       entry.increment(error)) {
    std::error_code gone;
    const bool file = entry->is_regular_file(gone);
    const std::uint64_t size = entry->file_size(gone);
    if (file && !gone) files.emplace_back(entry->path().filename().string(), size);
  }
  if (error) {
    error_ = path.string() + ": " + error.message();
    return StorageStatus::failed;
  }
  for (const auto& [name, size] : files) visitor.visit(name, size);
  return StorageStatus::ok;
}

StorageStatus DirectoryStorage::fail(std::string_view what) {
  const int error = errno;
  error_ = (directory_ / what).string() + ": " + std::generic_category().message(error);
  if (error == ENOENT) return StorageStatus::not_found;
  return error == ENOSPC || error == EDQUOT ? StorageStatus::full : StorageStatus::failed;
}

}  // namespace heliograph::firmware
