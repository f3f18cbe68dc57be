#include "tests/support/faulty_disk.hpp"

#include "tests/support/faulty_calls.hpp"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <random>
#include <stdexcept>
#include <utility>

namespace heliograph::fixtures {
namespace {

namespace fs = std::filesystem;
using Kind = FaultyDisk::Operation::Kind;

// What a disk writes at once, or not at all.
constexpr std::size_t sector_bytes = 512;

bool is_sync(Kind kind) {
  return kind == Kind::sync_file || kind == Kind::sync_directory || kind == Kind::sync_all;
}

bool is_of_directory(Kind kind) {
  return kind == Kind::create || kind == Kind::remove || kind == Kind::rename;
}

// Whether `sync` makes `operation` durable: a file's covers its content and its name, a directory's the names
// in it.
bool covers(const FaultyDisk::Operation& sync, const FaultyDisk::Operation& operation) {
  switch (sync.kind) {
    case Kind::sync_all:
      return true;
    case Kind::sync_file:
      return operation.path == sync.path && operation.kind != Kind::remove && operation.kind != Kind::rename;
    default:
      return is_of_directory(operation.kind) && fs::path(operation.path).parent_path() == fs::path(sync.path);
  }
}

void carry_out(FaultyDisk::Files& files, const FaultyDisk::Operation& operation) {
  if (operation.kind == Kind::create) {
    files.try_emplace(operation.path);
    return;
  }
  const auto file = files.find(operation.path);
  if (file == files.end()) return;  // its name never reached the disk
  if (operation.kind == Kind::remove) {
    files.erase(file);
  } else if (operation.kind == Kind::rename) {
    files[operation.target] = std::move(file->second);
    files.erase(operation.path);
  } else if (operation.kind == Kind::resize) {
    file->second.resize(operation.offset);
  } else {
    const std::size_t end = operation.offset + operation.bytes.size();
    if (file->second.size() < end) file->second.resize(end);
    std::ranges::copy(operation.bytes, file->second.begin() + static_cast<std::ptrdiff_t>(operation.offset));
  }
}

bool is_looked_at(const fs::path& path) {
  return !path.string().ends_with("-shm");
}

}  // namespace

FaultyDisk::FaultyDisk(fs::path root) : root_(std::move(root)), synced_(read_files(root_)) {
  look_first(this);
}

FaultyDisk::~FaultyDisk() {
  look_first(nullptr);
}

void FaultyDisk::fail_at(std::size_t n, int errno_value, bool for_ever) {
  fails_at_ = count_ + n;
  errno_value_ = errno_value;
  for_ever_ = for_ever;
}

void FaultyDisk::cut_power_at(std::size_t n) {
  fail_at(n, EIO, true);
  power_cut_ = true;
}

std::size_t FaultyDisk::operations() const {
  return count_;
}

std::optional<std::string> FaultyDisk::path_below(const std::string& path) const {
  const std::string root = root_.string();
  if (!path.starts_with(root) || !is_looked_at(path)) return std::nullopt;
  if (path.size() == root.size()) return std::string();
  if (path[root.size()] != '/') return std::nullopt;
  return fs::path(path.substr(root.size() + 1)).lexically_normal().string();
}

int FaultyDisk::admit(const Operation& operation) {
  const std::size_t number = count_++;
  if (!fails_at_ || number < *fails_at_) return 0;
  const bool fails = number == *fails_at_ || power_cut_ || (for_ever_ && !is_sync(operation.kind));
  if (!fails) return 0;
  // The kernel reports a write-back that failed once, and takes the pages for clean.
  if (is_sync(operation.kind) && !power_cut_) {
    std::erase_if(pending_, [&](const Operation& pending) {
      return covers(operation, pending) && pending.kind == Kind::write;
    });
  }
  return errno_value_;
}

void FaultyDisk::done(Operation operation) {
  if (is_sync(operation.kind)) {
    settle(operation);
  } else {
    pending_.push_back(std::move(operation));
  }
}

void FaultyDisk::settle(const Operation& sync) {
  std::erase_if(pending_, [&](const Operation& pending) {
    if (!covers(sync, pending)) return false;
    carry_out(synced_, pending);
    return true;
  });
}

FaultyDisk::Files FaultyDisk::survivors(Survivors which, std::uint32_t seed) const {
  Files files = synced_;
  std::mt19937 random(seed);
  const std::size_t kept = which == Survivors::torn ? random() % (pending_.size() + 1) : pending_.size();
  for (std::size_t i = 0; i < kept && which != Survivors::synced_only; ++i) {
    if (which == Survivors::some && random() % 2 == 0) continue;
    Operation operation = pending_[i];
    if (which == Survivors::torn && i + 1 == kept && !operation.bytes.empty())
      operation.bytes.resize(random() % (operation.bytes.size() / sector_bytes + 1) * sector_bytes);
    carry_out(files, operation);
  }
  return files;
}

FaultyDisk::Files read_files(const fs::path& directory) {
  FaultyDisk::Files files;
  for (const auto& entry : fs::recursive_directory_iterator(directory)) {
    if (!entry.is_regular_file() || !is_looked_at(entry.path())) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    files[entry.path().lexically_relative(directory).string()] = {std::istreambuf_iterator<char>(file), {}};
  }
  return files;
}

void write_files(const FaultyDisk::Files& files, const fs::path& directory) {
  for (const auto& [name, bytes] : files) {
    fs::create_directories((directory / name).parent_path());
    std::ofstream file(directory / name, std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    if (!file.flush()) throw std::runtime_error("cannot write " + name);
  }
}

}  // namespace heliograph::fixtures
