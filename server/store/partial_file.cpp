#include "server/store/partial_file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace heliograph::store {
namespace {

constexpr mode_t file_mode = 0644;
// One read of a stretch, and a fair piece for whoever reads the whole.
constexpr std::size_t read_size = 64UL * 1024;

// How the file of checksums is made: where the stretch ends, and the SHA-256 of it. Read only by the machine
// that wrote it, in its own byte order.
constexpr std::size_t note_size = sizeof(std::uint64_t) + std::tuple_size_v<Sha256Digest>;
using Note = std::array<std::uint8_t, note_size>;

Note make_note(std::uint64_t end, const Sha256Digest& digest) {
  Note note{};
  std::memcpy(note.data(), &end, sizeof end);
  std::copy(digest.begin(), digest.end(), note.begin() + sizeof end);
  return note;
}

Result<void> write_all(int descriptor, std::span<const std::uint8_t> bytes, std::uint64_t at) {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(at));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return error_from_errno(errno, "write to an upload");
    bytes = bytes.subspan(static_cast<std::size_t>(written));
    at += static_cast<std::uint64_t>(written);
  }
  return {};
}

// As many bytes as `buffer` holds, or fewer at the file's end.
Result<std::size_t> read_some(int descriptor, std::span<std::uint8_t> buffer, std::uint64_t at) {
  std::size_t filled = 0;
  while (filled < buffer.size()) {
    const ssize_t got =
        ::pread(descriptor, buffer.data() + filled, buffer.size() - filled, static_cast<off_t>(at + filled));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return error_from_errno(errno, "read an upload");
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  return filled;
}

Result<std::uint64_t> size_of(int descriptor) {
  struct stat status{};
  if (::fstat(descriptor, &status) != 0) return error_from_errno(errno, "ask for an upload's size");
  return static_cast<std::uint64_t>(status.st_size);
}

Result<void> truncate(int descriptor, std::uint64_t size) {
  if (::ftruncate(descriptor, static_cast<off_t>(size)) != 0) {
    return error_from_errno(errno, "cut an upload back");
  }
  return {};
}

Result<Descriptor> open_or_make(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, static_cast<unsigned>(file_mode));
  if (descriptor < 0) return error_from_errno(errno, "open the upload " + path.filename().string());
  return Descriptor(descriptor);
}

}  // namespace

Descriptor::Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

Result<PartialFile> PartialFile::open(const std::filesystem::path& path, Trust trust) {
  auto bytes = open_or_make(path);
  if (!bytes) return bytes.error();
  auto sums = open_or_make(path.string() + ".sums");
  if (!sums) return sums.error();
  PartialFile file(std::move(*bytes), std::move(*sums));
  const auto begun = trust == Trust::known ? file.resume_at_end() : file.prove();
  if (!begun) return begun.error();
  file.opened_size_ = file.size_;
  file.opened_sums_size_ = file.sums_size_;
  return file;
}

PartialFile::~PartialFile() {
  if (bytes_.get() >= 0) static_cast<void>(note());
}

// Every object notes all it has when it ends, so an earlier one of this process left nothing without. Where
// that failed, proving finds it.
Result<void> PartialFile::resume_at_end() {
  const auto size = size_of(bytes_.get());
  if (!size) return size.error();
  const auto sums_size = size_of(sums_.get());
  if (!sums_size) return sums_size.error();
  std::uint64_t end = 0;
  if (*sums_size >= note_size && *sums_size % note_size == 0) {
    Note last{};
    if (auto got = read_some(sums_.get(), last, *sums_size - note_size); !got) return got.error();
    std::memcpy(&end, last.data(), sizeof end);
  }
  if (end != *size) return prove();
  size_ = noted_ = *size;
  sums_size_ = *sums_size;
  return {};
}

Result<void> PartialFile::prove() {
  size_ = noted_ = sums_size_ = 0;
  std::vector<std::uint8_t> stretch;
  for (;;) {
    Note note{};
    const auto got = read_some(sums_.get(), note, sums_size_);
    if (!got) return got.error();
    std::uint64_t end = 0;
    std::memcpy(&end, note.data(), sizeof end);
    if (*got < note_size || end <= noted_ || end - noted_ > note_every) break;
    stretch.resize(static_cast<std::size_t>(end - noted_));
    const auto filled = read_some(bytes_.get(), stretch, noted_);
    if (!filled) return filled.error();
    if (*filled < stretch.size() || make_note(end, sha256(stretch)) != note) break;
    noted_ = end;
    sums_size_ += note_size;
  }
  size_ = noted_;
  if (auto cut = truncate(sums_.get(), sums_size_); !cut) return cut;
  return truncate(bytes_.get(), size_);
}

Result<void> PartialFile::append(std::span<const std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const std::uint64_t room = noted_ + note_every - size_;
    const auto piece = bytes.first(static_cast<std::size_t>(std::min<std::uint64_t>(room, bytes.size())));
    if (auto written = write_all(bytes_.get(), piece, size_); !written) return written;
    hash_.update(piece);
    size_ += piece.size();
    bytes = bytes.subspan(piece.size());
    if (size_ == noted_ + note_every) {
      if (auto noted = note(); !noted) return noted;
    }
  }
  return {};
}

Result<void> PartialFile::note() {
  if (size_ == noted_) return {};
  const Note made = make_note(size_, std::exchange(hash_, Sha256()).finish());
  if (auto written = write_all(sums_.get(), made, sums_size_); !written) return written;
  sums_size_ += note_size;
  noted_ = size_;
  return {};
}

Result<void> PartialFile::cut_back() {
  size_ = noted_ = opened_size_;
  sums_size_ = opened_sums_size_;
  hash_ = Sha256();
  if (auto cut = truncate(sums_.get(), sums_size_); !cut) return cut;
  return truncate(bytes_.get(), size_);
}

Result<void> PartialFile::read(const std::function<Result<void>(std::span<const std::uint8_t>)>& each) const {
  std::vector<std::uint8_t> buffer(read_size);
  for (std::uint64_t at = 0; at < size_;) {
    const auto wanted = std::min<std::uint64_t>(buffer.size(), size_ - at);
    const auto piece = std::span(buffer).first(static_cast<std::size_t>(wanted));
    const auto got = read_some(bytes_.get(), piece, at);
    if (!got) return got.error();
    if (*got < piece.size()) return Error{ErrorKind::data_lost, "an upload's file became shorter"};
    if (auto taken = each(piece); !taken) return taken;
    at += piece.size();
  }
  return {};
}

}  // namespace heliograph::store
