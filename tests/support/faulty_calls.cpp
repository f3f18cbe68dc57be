// The C library's file calls, replaced: each asks the one FaultyDisk first, if there is one and the file is
// on it.
//
// A definition in the program goes before the C library's, for shared libraries too. Each makes the system
// call itself.
#include "tests/support/faulty_calls.hpp"

#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <fcntl.h>
#include <functional>
#include <mutex>
#include <string>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <utility>

namespace heliograph::fixtures {
namespace {

using Operation = FaultyDisk::Operation;
using Kind = Operation::Kind;

// Operations are recorded in the order they happen in, so each happens under this.
std::mutex mutex;
FaultyDisk* current = nullptr;  // guarded by mutex

long failed(int errno_value) {
  errno = errno_value;
  return -1;
}

std::string path_of_descriptor(int descriptor) {
  char link[64];
  char path[4096];
  std::snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  const ssize_t length = ::readlink(link, path, sizeof path);
  return length > 0 ? std::string(path, static_cast<std::size_t>(length)) : std::string();
}

// Carries `call` out, if the disk lets it. `operation`, given the path below the disk's root, says what it
// is; after it has succeeded it may be told more by `result`.
long on_disk(const std::string& path, const std::function<Operation(std::string)>& operation,
             const std::function<long()>& call) {
  const std::lock_guard lock(mutex);
  const auto below = current != nullptr ? current->path_below(path) : std::nullopt;
  if (!below) return call();
  Operation todo = operation(*below);
  if (const int refused = current->admit(todo); refused != 0) return failed(refused);
  const long result = call();
  if (result < 0) return result;
  if (todo.kind == Kind::write) todo.bytes.resize(static_cast<std::size_t>(result));
  current->done(std::move(todo));
  return result;
}

int open_file(const char* path, int flags, mode_t mode) {
  const auto call = [=] { return ::syscall(SYS_openat, AT_FDCWD, path, flags, mode); };
  struct stat status{};
  const bool creates = (flags & O_CREAT) != 0 && ::stat(path, &status) != 0;
  if (!creates && (flags & O_TRUNC) == 0) return static_cast<int>(call());
  const Kind kind = creates ? Kind::create : Kind::resize;
  return static_cast<int>(
      on_disk(path, [=](std::string below) { return Operation{kind, std::move(below)}; }, call));
}

ssize_t write_at(int descriptor, const void* bytes, std::size_t size, off_t offset,
                 const std::function<long()>& call) {
  const auto* const begin = static_cast<const std::uint8_t*>(bytes);
  return on_disk(
      path_of_descriptor(descriptor),
      [=](std::string below) {
        return Operation{
            Kind::write, std::move(below), {}, static_cast<std::uint64_t>(offset), {begin, begin + size}};
      },
      call);
}

// Nothing is really synced: what survives is FaultyDisk's to say.
int sync(int descriptor, Kind kind) {
  struct stat status{};
  ::fstat(descriptor, &status);
  if (kind == Kind::sync_file && S_ISDIR(status.st_mode)) kind = Kind::sync_directory;
  return static_cast<int>(on_disk(
      path_of_descriptor(descriptor), [=](std::string below) { return Operation{kind, std::move(below)}; },
      [] { return 0; }));
}

int resize(int descriptor, off_t size) {
  return static_cast<int>(on_disk(
      path_of_descriptor(descriptor),
      [=](std::string below) {
        return Operation{Kind::resize, std::move(below), {}, static_cast<std::uint64_t>(size)};
      },
      [=] { return ::syscall(SYS_ftruncate, descriptor, size); }));
}

}  // namespace

void look_first(FaultyDisk* disk) {
  const std::lock_guard lock(mutex);
  current = disk;
}

}  // namespace heliograph::fixtures

namespace {

namespace calls = heliograph::fixtures;

mode_t mode_of(int flags, va_list arguments) {
  return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(arguments, mode_t) : 0;
}

}  // namespace

// NOLINTBEGIN(readability-inconsistent-declaration-parameter-name): the C library's headers call the
// parameters of these functions by names that are reserved for it (__file), so ours must differ.
extern "C" {

int open(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_of(flags, arguments);
  va_end(arguments);
  return calls::open_file(path, flags, mode);
}

int open64(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_of(flags, arguments);
  va_end(arguments);
  return calls::open_file(path, flags, mode);
}

ssize_t write(int descriptor, const void* bytes, size_t size) {
  const off_t offset = lseek(descriptor, 0, SEEK_CUR);
  return calls::write_at(descriptor, bytes, size, offset,
                         [=] { return syscall(SYS_write, descriptor, bytes, size); });
}

ssize_t pwrite(int descriptor, const void* bytes, size_t size, off_t offset) {
  return calls::write_at(descriptor, bytes, size, offset,
                         [=] { return syscall(SYS_pwrite64, descriptor, bytes, size, offset); });
}

ssize_t pwrite64(int descriptor, const void* bytes, size_t size, off_t offset) {
  return calls::write_at(descriptor, bytes, size, offset,
                         [=] { return syscall(SYS_pwrite64, descriptor, bytes, size, offset); });
}

int ftruncate(int descriptor, off_t size) noexcept {
  return calls::resize(descriptor, size);
}
int ftruncate64(int descriptor, off_t size) noexcept {
  return calls::resize(descriptor, size);
}

int fsync(int descriptor) {
  return calls::sync(descriptor, calls::Kind::sync_file);
}
int fdatasync(int descriptor) {
  return calls::sync(descriptor, calls::Kind::sync_file);
}
int syncfs(int descriptor) noexcept {
  return calls::sync(descriptor, calls::Kind::sync_all);
}

int unlink(const char* path) noexcept {
  return static_cast<int>(calls::on_disk(
      path, [](std::string below) { return calls::Operation{calls::Kind::remove, std::move(below)}; },
      [=] { return syscall(SYS_unlink, path); }));
}

int rename(const char* from, const char* to) noexcept {
  return static_cast<int>(calls::on_disk(
      from,
      [=](std::string below) {
        const auto target = calls::current->path_below(to);
        return calls::Operation{calls::Kind::rename, std::move(below), target.value_or("")};
      },
      [=] { return syscall(SYS_rename, from, to); }));
}
}
// NOLINTEND(readability-inconsistent-declaration-parameter-name)
