// Is a camera there? Judged by its own rhythm: one that looks once a day is not missing at noon. Pure.
#pragma once

#include "server/base/base.hpp"
#include "server/cameras/settings.hpp"

#include <optional>
#include <string_view>

namespace heliograph::cameras {

enum class Presence {
  unknown,  // it was never heard
  online,   // it speaks every few minutes, and has
  asleep,   // it speaks more rarely, and is not due yet
  late,     // it should have spoken by now
  silent    // it should have spoken long ago
};
std::string_view to_string(Presence presence);

struct PresenceFacts {
  std::optional<Timestamp> heard_at;     // with or without a picture
  std::optional<Timestamp> promised_at;  // when it said that it would speak again at the latest
  Rhythm rhythm;                         // what it goes by, as far as it has told
  std::optional<protocol::Position> position;
};

struct PresenceFound {
  Presence presence = Presence::unknown;
  std::optional<Timestamp> due_at;  // when it should speak, or should have spoken
};
PresenceFound find_presence(const PresenceFacts& facts, Timestamp now);
// How long after it was due a camera that speaks every `gap` is late, before it counts as silent.
std::chrono::milliseconds patience_after(std::chrono::milliseconds gap);

// A camera that speaks so often counts as awake between its words.
inline constexpr std::chrono::minutes awake_gap{5};
// Of a camera that told nothing: sketches send a picture a minute, or one an hour.
inline constexpr std::chrono::hours usual_gap{1};
// Nobody is late by so little: clocks, and an upload over LTE.
inline constexpr std::chrono::seconds presence_grace{90};
// Late turns into silent after two more gaps, but not before this: a reboot, a router that restarts.
inline constexpr std::chrono::minutes shortest_lateness{10};

}  // namespace heliograph::cameras
