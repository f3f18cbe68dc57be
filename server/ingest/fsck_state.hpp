// How far a check has come, kept in a small file so that the next run goes on there.
#pragma once

#include "server/ingest/fsck.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace heliograph::ingest {

struct FsckState {
  bool repair = false;  // a run that repairs may not pass over what one that only looked has seen
  ImageId last;         // every row up to this one was checked
  catalog::ImageSum
      checked;        // of those rows as the check left them: what tells whether they are still the same
  FsckReport report;  // so far

  friend bool operator==(const FsckState&, const FsckState&) = default;
};

// The file's text, and its inverse: nullopt for any other text, also for a newer version's.
std::string to_text(const FsckState& state);
std::optional<FsckState> parse_fsck_state(std::string_view text);

// Whether a run may go on from `state`: it does the same, and the rows that were checked add up to what they
// did.
bool may_go_on(const FsckState& state, bool repair, const catalog::ImageSum& now);

// In the data directory.
inline constexpr std::string_view fsck_state_name = "fsck.state";
// The largest state that is read: max_findings with long paths. 16 MiB.
inline constexpr std::uint64_t max_fsck_state_bytes = 16ULL * 1024 * 1024;

}  // namespace heliograph::ingest
