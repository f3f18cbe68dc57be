// A disk for tests that fails when told to, and whose power can be cut.
//
// The program that links this has the C library's file calls (open, write, fsync, …) replaced by ones that
// look here first, for our own code and for SQLite alike: no layer in the product, and nothing that a test
// forgets to use. Nothing is really synced in such a program, so a thousand crashes take seconds.
//
// The directory itself is what the running program sees: the page cache. Beside it this keeps what would
// survive: the files as they were when they were last synced, and the operations since, of which a power cut
// keeps as many as it likes. What comes by other calls (mmap: SQLite's -shm, which it makes anew) is not
// seen; a test compares survivors of no fault with the directory to know that nothing else was missed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace heliograph::fixtures {

// What is left of the operations that were not synced.
enum class Survivors {
  synced_only,  // none
  all,          // as after a kill: the page cache lived on
  some,         // any of them, in any combination: a disk writes in what order it likes
  torn          // the first ones, the last of them only in part
};

class FaultyDisk {
 public:
  using Files = std::map<std::string, std::vector<std::uint8_t>>;  // by path below the root

  // One at a time. What is below `root` now is on the disk.
  explicit FaultyDisk(std::filesystem::path root);
  ~FaultyDisk();
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;

  // The n-th operation from now, counted from 0, fails with `errno_value`; and with `for_ever` all later ones
  // that change something. After a sync that failed, what it should have written is never written, as the
  // kernel has it.
  void fail_at(std::size_t n, int errno_value, bool for_ever);
  // Nothing happens any more from the n-th operation on: it and all later ones fail with EIO.
  void cut_power_at(std::size_t n);

  // How many operations there were.
  std::size_t operations() const;

  // What the disk holds. `seed` decides what is left to chance.
  Files survivors(Survivors which, std::uint32_t seed) const;

  // --- for the replaced calls ---

  struct Operation {
    enum class Kind { create, write, resize, remove, rename, sync_file, sync_directory, sync_all };
    Kind kind;
    std::string path;
    std::string target{};               // of a rename
    std::uint64_t offset = 0;           // of a write; the new size of a resize
    std::vector<std::uint8_t> bytes{};  // of a write
  };
  // The path below the root; none: it is not on this disk, or is not looked at.
  std::optional<std::string> path_below(const std::string& path) const;
  // 0, or the errno that the operation fails with. It is carried out and recorded under one lock.
  int admit(const Operation& operation);
  void done(Operation operation);

 private:
  void settle(const Operation& sync);

  std::filesystem::path root_;
  Files synced_;
  std::vector<Operation> pending_;  // in order, since they were last synced
  std::size_t count_ = 0;
  std::optional<std::size_t> fails_at_;
  int errno_value_ = 0;
  bool for_ever_ = false;
  bool power_cut_ = false;
};

// Every file below `directory`, but for those no FaultyDisk looks at; and the other way round.
FaultyDisk::Files read_files(const std::filesystem::path& directory);
void write_files(const FaultyDisk::Files& files, const std::filesystem::path& directory);

}  // namespace heliograph::fixtures
