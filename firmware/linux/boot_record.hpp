// What is started next, and why: the decisions of the launcher, which on a board are its boot loader's. Pure.
#pragma once

#include "firmware/core/platform/image_slots.hpp"
#include "protocol/telemetry.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace heliograph::firmware {

enum class Slot { installed, a, b };  // installed: the program that the launcher itself is
std::string_view name_of(Slot slot);
// Where a release goes while this one runs.
Slot other_than(Slot running);

// A program that is on trial is started so often: a power cut is not its fault, three in ten minutes are a
// supply that it brings down.
inline constexpr int max_program_starts = 3;

struct BootRecord {
  Slot active = Slot::installed;  // has proven itself
  std::optional<Slot> trial;      // is to prove itself
  int starts = 0;                 // of the trial
  TrialOutcome outcome = TrialOutcome::none;
  std::string reason;  // of rolled_back: printable ASCII, cut to TrialReason
  std::uint32_t security = 0;

  friend bool operator==(const BootRecord& one, const BootRecord& other) {
    return one.active == other.active && one.trial == other.trial && one.starts == other.starts &&
           one.outcome == other.outcome && one.reason == other.reason && one.security == other.security;
  }
};

// Six lines, "active b" and so on. None: it is no boot record.
std::optional<BootRecord> read_boot_record(std::string_view text);
std::string write_boot_record(const BootRecord& record);

// The record after the trial has ended without success.
BootRecord rolled_back(BootRecord record, std::string_view reason);

// What is started, and the record as it must stand on the disk before.
struct Start {
  BootRecord record;
  Slot slot = Slot::installed;
  bool on_trial = false;
};
Start choose_start(BootRecord record);

// How a program that was started came to its end.
struct Ending {
  enum class Kind { exited, killed, out_of_time, not_started };
  Kind kind = Kind::exited;
  int number = 0;      // status, signal, or errno
  bool asked = false;  // somebody wanted the launcher, and it, to end
};
// As the program that is started next says of its start.
protocol::ResetReason reset_after(const Ending& ending);
// What follows: `again` chooses anew from the record, else the launcher ends as the program did. `record`: as
// it is on the disk now, which the program may have changed.
struct Sequel {
  BootRecord record;
  bool again = false;
};
Sequel after(const Start& start, const BootRecord& record, const Ending& ending);

}  // namespace heliograph::firmware
