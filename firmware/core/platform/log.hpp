// What a port owes the core about telling: one call per thing that happened. A program prints them, a board
// counts them and puts the last ones on its serial line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace heliograph::firmware {

enum class EventKind {
  recovered,       // the spool was opened: waiting, lost (set aside as damaged)
  captured,        // size_bytes, and what names the picture
  capture_failed,  // detail
  unspooled,       // detail: the picture could not be stored and lives in memory
                   // until it is sent or the next is taken
  dropped,         // lost: how many of the oldest pictures made room for a new one
  damaged,         // detail: a stored picture could not be read back and was set aside
  sent,            // image_id, filename, duplicate, duration_ms
  refused,         // status, detail: it was set aside and will not be sent again
  linked,          // the server may ask for live frames now
  link_lost,       // detail, retry_in_ms: it may not any more
  updating,        // label: what became of it; detail: why, or how far
  trusting,        // detail: what came of it that the server told other roots
  obeyed,          // label: the command; detail: why it came to no good end
  identified,      // detail: somebody asks which one it is
  set,             // detail: why the settings were not taken, or were given up
  spent,           // detail: the month's data is used up, or there is some again
  postponed        // detail, retry_in_ms, waiting; status if there was an answer: it will be sent again
};

constexpr std::string_view to_string(EventKind kind) {
  switch (kind) {
    case EventKind::recovered:
      return "recovered";
    case EventKind::captured:
      return "captured";
    case EventKind::capture_failed:
      return "capture_failed";
    case EventKind::unspooled:
      return "unspooled";
    case EventKind::dropped:
      return "dropped";
    case EventKind::damaged:
      return "damaged";
    case EventKind::sent:
      return "sent";
    case EventKind::refused:
      return "refused";
    case EventKind::linked:
      return "linked";
    case EventKind::link_lost:
      return "link_lost";
    case EventKind::updating:
      return "updating";
    case EventKind::trusting:
      return "trusting";
    case EventKind::obeyed:
      return "obeyed";
    case EventKind::identified:
      return "identified";
    case EventKind::set:
      return "set";
    case EventKind::spent:
      return "spent";
    case EventKind::postponed:
      break;
  }
  return "postponed";
}

// Texts are valid during the call.
struct Event {
  EventKind kind = EventKind::captured;
  std::string_view boot;
  std::uint64_t sequence = 0;
  std::string_view label;
  std::size_t size_bytes = 0;
  std::optional<std::int64_t> captured_at_ms;
  int status = 0;  // of HTTP; 0: there was no answer
  std::string_view detail;
  std::string_view image_id;
  std::string_view filename;
  bool duplicate = false;
  std::int64_t duration_ms = 0;
  std::int64_t retry_in_ms = 0;
  std::size_t waiting = 0;  // pictures in the spool, after this
  std::size_t lost = 0;
};

class Log {
 public:
  // Called on the agent's thread, and of a link's events on the link's. Must not block for long, and never
  // shows the camera's key: it is never told.
  virtual void record(const Event& event) = 0;

 protected:
  ~Log() = default;
};

}  // namespace heliograph::firmware
