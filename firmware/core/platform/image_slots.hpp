// What a port owes the core about programs: two slots, of which one runs or neither does (then it is what the
// camera came with), and a boot record that says which is started next.
//
// On a board the boot loader keeps these rules; on Linux the launcher does. Either starts the slot that is on
// trial, and goes back to the one before when it ends, hangs or restarts too often without a word from the
// server. docs/firmware-releases.md has the crash table.
#pragma once

#include "firmware/core/platform/storage.hpp"
#include "firmware/core/text.hpp"
#include "protocol/manifest.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace heliograph::firmware {

using ManifestText = Text<protocol::max_manifest>;
// Bytes of why a trial ended, for a person.
using TrialReason = Text<80>;

// What came of the last trial, until it is acknowledged.
enum class TrialOutcome { none, confirmed, rolled_back };

// As the boot record says.
struct BootFacts {
  bool on_trial = false;  // what runs now, until confirm() or give_up()
  TrialOutcome outcome = TrialOutcome::none;
  TrialReason reason;          // of rolled_back
  std::uint32_t security = 0;  // the greatest that was ever confirmed
};

// Owned by the agent's thread. What returns a bool is durable when that is true; when it is not, error_text()
// says why, and it may be tried again.
class ImageSlots {
 public:
  virtual BootFacts facts() = 0;

  // The manifest of what runs; empty: it is what the camera came with.
  virtual ManifestText running_manifest() = 0;
  // The manifest in the other slot, and how many bytes of its image are there.
  virtual ManifestText other_manifest() = 0;
  virtual std::uint64_t other_size() = 0;

  // Empties the other slot for the image of this manifest. Cut off at any moment, it holds no bytes of one
  // image under the manifest of another.
  virtual bool begin(std::string_view manifest) = 0;
  // Behind what is there.
  virtual bool append(Bytes bytes) = 0;
  // Of all that is there, read back. None: it cannot be read.
  virtual std::optional<std::array<std::uint8_t, 32>> other_digest() = 0;

  // The other slot is started next, on trial. The caller ends the program then.
  virtual bool try_other() = 0;
  // What runs is the camera's own from now on.
  virtual bool confirm(std::uint32_t security) = 0;
  // What was there before is started next. The caller ends the program then.
  virtual bool give_up(std::string_view reason) = 0;
  // The outcome was taken note of.
  virtual bool acknowledge() = 0;

  virtual std::string_view error_text() const = 0;

 protected:
  ~ImageSlots() = default;
};

}  // namespace heliograph::firmware
