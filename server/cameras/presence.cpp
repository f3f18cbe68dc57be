#include "server/cameras/presence.hpp"

#include <algorithm>

namespace heliograph::cameras {

std::string_view to_string(Presence presence) {
  switch (presence) {
    case Presence::unknown:
      return "unknown";
    case Presence::online:
      return "online";
    case Presence::asleep:
      return "asleep";
    case Presence::late:
      return "late";
    case Presence::silent:
      break;
  }
  return "silent";
}

std::chrono::milliseconds patience_after(std::chrono::milliseconds gap) {
  return std::max<std::chrono::milliseconds>(2 * gap, shortest_lateness);
}

PresenceFound find_presence(const PresenceFacts& facts, Timestamp now) {
  if (!facts.heard_at) return {};
  // A promise that was made before the last word has been kept.
  const bool promised = facts.promised_at && *facts.promised_at > *facts.heard_at;
  Timestamp due_at =
      promised ? *facts.promised_at : *facts.heard_at + facts.rhythm.interval.value_or(usual_gap);
  // In hours in which it does not look it need not speak.
  const auto active = protocol::next_active_ms(facts.rhythm.schedule, facts.position, to_ms(due_at));
  if (!promised && active) due_at = from_ms(*active);
  const auto gap = due_at - *facts.heard_at;
  if (now <= due_at + presence_grace) return {gap <= awake_gap ? Presence::online : Presence::asleep, due_at};
  return {now <= due_at + patience_after(gap) ? Presence::late : Presence::silent, due_at};
}

}  // namespace heliograph::cameras
