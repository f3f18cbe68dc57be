// Bytes that are no picture are kept for their camera's owner (docs/storage.md, P8): where they go, what is
// salvaged from them, and how much of them stays.
#pragma once

#include "server/base/log.hpp"
#include "server/ingest/incoming.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace heliograph::ingest {

struct Counters;

// Moves the file of what was rejected below quarantine/. What cannot be kept is removed, which is logged and
// does not change what its sender is told. Any thread.
Refused put_in_quarantine(store::ImageStore& store, Log& log, const Rejected& rejected);

// A whole picture inside of what was rejected, which has just been put into quarantine as `refused`. It is
// copied into a file of its own, and takes what its sender told of it, and `id`. None: there is none, or it
// could not be written. Reads the bytes once, and the picture once more; both are in the page cache. Any
// thread.
std::optional<Arrived> salvage(store::ImageStore& store, Log& log, const Rejected& rejected,
                               const Refused& refused, ImageId id);

// How much stays. An owner looks at what came lately; what is older tells nothing new.
struct QuarantineLimits {
  // Of all cameras. A 25-GB disk, which is a small one, keeps 98 % for pictures.
  std::int64_t total_bytes = 512LL * 1024 * 1024;
  std::size_t total_count = 5000;  // rows, which are read at once
  // Of one camera, so that one that sends nothing else leaves room for the others': 60 of the largest frames.
  std::int64_t camera_bytes = 64LL * 1024 * 1024;
  std::size_t camera_count = 500;
  std::chrono::days age{30};
};

// Which go, oldest first. Decided without touching anything; `oldest_first` is all there is.
std::vector<catalog::FiledQuarantined> what_leaves_quarantine(
    std::span<const catalog::FiledQuarantined> oldest_first, const QuarantineLimits& limits, Timestamp now);

// Writes the rows and keeps to the limits. Belongs to the committer's thread, as its catalog does.
class QuarantineKeeper {
 public:
  QuarantineKeeper(store::ImageStore& store, catalog::Catalog& catalog, Counters& counters,
                   const Clock& clock, Log& log, QuarantineLimits limits = {})
      : store_(store), catalog_(catalog), counters_(counters), clock_(clock), log_(log), limits_(limits) {}

  // One transaction, unsynced: nobody was promised anything. Files of repeats are removed, and what is beyond
  // the limits, when it is time to look.
  void keep(std::span<const Refused> refused);

 private:
  void write_rows(std::span<const Refused> refused);
  bool sweep_due() const;
  Result<void> sweep();
  void remove_file(const std::string& key);

  store::ImageStore& store_;
  catalog::Catalog& catalog_;
  Counters& counters_;
  const Clock& clock_;
  Log& log_;
  const QuarantineLimits limits_;
  std::optional<SteadyTime> swept_at_;
  std::size_t kept_since_ = 0;  // that last sweep
  std::int64_t bytes_since_ = 0;
};

// The limits may be exceeded by so much before somebody looks: reading all rows takes milliseconds.
inline constexpr std::size_t sweep_after_count = 64;
inline constexpr std::int64_t sweep_after_bytes = 32LL * 1024 * 1024;
// And age is looked at so often.
inline constexpr std::chrono::hours quarantine_sweep_interval{1};
// Rows removed in one transaction; pictures that arrive meanwhile wait for no more than this.
inline constexpr std::size_t quarantine_removal_batch = 64;

}  // namespace heliograph::ingest
