#include "firmware/esp32/port/card_storage.hpp"

#include <cerrno>
#include <cstdio>
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace heliograph::firmware {

namespace {

// What put() writes to before the name is right. One is enough: one task puts.
constexpr std::string_view temporary_name = "put.tmp";
// What stands behind the name of a file that is being replaced.
constexpr std::string_view aside_suffix = ".old";

std::string_view area_name(Area area) {
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

class File {
 public:
  File(const char* path, int flags) : fd_(::open(path, flags, 0600)) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  explicit operator bool() const { return fd_ >= 0; }
  int get() const { return fd_; }

 private:
  const int fd_;
};

class Directory {
 public:
  explicit Directory(const char* path) : directory_(::opendir(path)) {}
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;
  ~Directory() {
    if (directory_ != nullptr) ::closedir(directory_);
  }
  explicit operator bool() const { return directory_ != nullptr; }
  // The next name; null: that was all. Whoever lists has the directory alone.
  const char* next() {
    const dirent* entry = ::readdir(directory_);  // NOLINT(concurrency-mt-unsafe): of a DIR of its own
    return entry != nullptr ? entry->d_name : nullptr;
  }

 private:
  DIR* const directory_;
};

bool write_all(int fd, Bytes bytes) {
  const char* data = static_cast<const char*>(bytes.data);
  while (bytes.size > 0) {
    const ssize_t written = ::write(fd, data, bytes.size);
    if (written < 0 && errno == EINTR) continue;
    if (written == 0) errno = ENOSPC;
    if (written <= 0) return false;
    data += written;
    bytes.size -= static_cast<std::size_t>(written);
  }
  return true;
}

// Files of a directory whose names are numbers.
constexpr std::uint32_t segment_files = 256;
constexpr std::size_t number_digits = 8;

// The directory of "00003087.REC": "000012"; empty: it has none of its own.
using Segment = Text<6>;
Segment segment_of(std::string_view name) {
  if (name.size() <= number_digits || name[number_digits] != '.') return {};
  std::uint32_t number = 0;
  for (const char c : name.substr(0, number_digits)) {
    if (c < '0' || c > '9') return {};
    number = number * 10 + static_cast<std::uint32_t>(c - '0');
  }
  char digits[Segment::max_size];
  number /= segment_files;
  for (std::size_t i = sizeof digits; i-- > 0; number /= 10) digits[i] = static_cast<char>('0' + number % 10);
  return Segment({digits, sizeof digits});
}

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

// The files of one directory; then it goes, if it is empty.
void list_segment(const char* path, FileVisitor& visitor) {
  {
    Directory directory(path);
    while (const char* name = directory ? directory.next() : nullptr) {
      Text<128> file{std::string_view(path)};
      file.append('/').append(name).append('\0');
      struct stat facts{};
      const bool known = ::stat(file.view().data(), &facts) == 0;
      if (known && S_ISREG(facts.st_mode)) visitor.visit(name, static_cast<std::uint64_t>(facts.st_size));
    }
  }
  ::rmdir(path);
}

}  // namespace

// A number's directory comes first.
CardStorage::Path CardStorage::path_of(Area area, std::string_view name, std::string_view suffix) const {
  Path path{std::string_view(base_)};
  path.append('/').append(area_name(area));
  if (const Segment segment = segment_of(name); !segment.empty()) path.append('/').append(segment.view());
  if (!name.empty()) path.append('/').append(name).append(suffix);
  return path.append('\0');
}

// Where a file of this name is going to be written.
void CardStorage::make_segment(Area area, std::string_view name) {
  const Segment segment = segment_of(name);
  if (!segment.empty()) ::mkdir(path_of(area, segment.view()).view().data(), 0700);
}

StorageStatus CardStorage::open() {
  for (const Area area : {Area::waiting, Area::refused, Area::damaged, Area::state}) {
    const Path directory = path_of(area, {});
    if (::mkdir(directory.view().data(), 0700) != 0 && errno != EEXIST) return fail(area_name(area));
    if (!put_right(area)) return fail(area_name(area));
  }
  return StorageStatus::ok;
}

// What a put() that was interrupted has left.
bool CardStorage::put_right(Area area) {
  ::unlink(path_of(area, temporary_name).view().data());
  const Path directory_path = path_of(area, {});
  Directory directory(directory_path.view().data());
  if (!directory) return false;
  while (const char* name = directory.next()) {
    if (!ends_with(name, aside_suffix)) continue;
    const Path aside = path_of(area, name);
    std::string_view replaced(name);
    replaced.remove_suffix(aside_suffix.size());
    const Path whole = path_of(area, replaced);
    struct stat facts{};
    const bool is_there = ::stat(whole.view().data(), &facts) == 0;
    const bool mended = is_there ? ::unlink(aside.view().data()) == 0
                                 : ::rename(aside.view().data(), whole.view().data()) == 0;
    if (!mended) return false;
  }
  return true;
}

StorageStatus CardStorage::put(Area area, std::string_view name, Bytes first, Bytes second) {
  make_segment(area, name);
  const Path temporary = path_of(area, temporary_name);
  const Path whole = path_of(area, name);
  const Path aside = path_of(area, name, aside_suffix);
  if (!write_whole(temporary.view().data(), first, second)) {
    const StorageStatus status = fail(name);
    ::unlink(temporary.view().data());
    return status;
  }
  const bool replaces = ::rename(whole.view().data(), aside.view().data()) == 0;
  if (::rename(temporary.view().data(), whole.view().data()) != 0) {
    const StorageStatus status = fail(name);
    if (replaces) ::rename(aside.view().data(), whole.view().data());
    ::unlink(temporary.view().data());
    return status;
  }
  if (replaces) ::unlink(aside.view().data());
  return StorageStatus::ok;
}

bool CardStorage::write_whole(const char* path, Bytes first, Bytes second) {
  const File file(path, O_WRONLY | O_CREAT | O_TRUNC);
  return file && write_all(file.get(), first) && write_all(file.get(), second) && ::fsync(file.get()) == 0;
}

FileRead CardStorage::read(Area area, std::string_view name, void* out, std::size_t capacity) {
  const File file(path_of(area, name).view().data(), O_RDONLY);
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

StorageStatus CardStorage::remove(Area area, std::string_view name) {
  const bool gone = ::unlink(path_of(area, name).view().data()) == 0 || errno == ENOENT;
  return gone ? StorageStatus::ok : fail(name);
}

StorageStatus CardStorage::move(Area from, std::string_view name, Area to) {
  make_segment(to, name);
  const Path target = path_of(to, name);
  ::unlink(target.view().data());  // FAT does not rename onto it
  const bool moved = ::rename(path_of(from, name).view().data(), target.view().data()) == 0;
  return moved ? StorageStatus::ok : fail(name);
}

StorageStatus CardStorage::list(Area area, FileVisitor& visitor) {
  const Path directory_path = path_of(area, {});
  Directory directory(directory_path.view().data());
  if (!directory) return fail(area_name(area));
  while (const char* name = directory.next()) {
    if (name[0] == '.') continue;
    const Path path = path_of(area, name);
    struct stat facts{};
    if (::stat(path.view().data(), &facts) != 0) continue;
    if (S_ISREG(facts.st_mode)) visitor.visit(name, static_cast<std::uint64_t>(facts.st_size));
    if (S_ISDIR(facts.st_mode)) list_segment(path.view().data(), visitor);
  }
  return StorageStatus::ok;
}

StorageStatus CardStorage::fail(std::string_view what) {
  const int error = errno;
  error_.clear();
  error_.append(what).append(": card error ").append_number(error);
  if (error == ENOENT) return StorageStatus::not_found;
  return error == ENOSPC ? StorageStatus::full : StorageStatus::failed;
}

}  // namespace heliograph::firmware
