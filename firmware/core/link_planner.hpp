// Decides what a camera's link does next: when to connect, when to send a frame, when to give a dead
// connection up. A pure function of time, of what the server said and of what came of the last actions, like
// the planner of pictures; the link client carries it out. Nothing the server says can make it send for
// longer than a lease, or more than it has credits for.
#pragma once

#include "firmware/core/backoff.hpp"
#include "firmware/core/platform/frame_source.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

namespace heliograph::firmware {

// A lease is believed up to this, milliseconds: a server that means well says ten seconds.
inline constexpr std::int64_t max_lease_ms = 60'000;
// Frames that may be on their way, whatever the server says.
inline constexpr std::uint32_t max_link_credits = 16;
// Frames a second, whatever it says.
inline constexpr std::int64_t max_live_fps = 30;
// A width beyond it is none, pixels: no sensor is wider.
inline constexpr std::int64_t max_live_width = 16'384;
// Pause after an answer that says this server has no links, milliseconds: it may be renewed one day.
inline constexpr std::int64_t no_link_pause_ms = 3'600'000;
// Another board with the same key has taken over: at least so long until it is thrown out in its turn,
// milliseconds.
inline constexpr std::int64_t replaced_pause_ms = 60'000;
// A link that held for so long was a success, milliseconds: the next pause is short again.
inline constexpr std::int64_t link_holds_ms = 60'000;
// Pause of a stream whose frame could not be taken, milliseconds.
inline constexpr std::int64_t frame_failure_pause_ms = 1'000;
// Frames in a row that could not be taken, after which the stream is given up: those who watch are told.
inline constexpr int max_frame_failures = 3;

struct LinkConnect {};
struct LinkSend {
  std::uint32_t stream = 0;
  std::uint32_t sequence = 0;
  FrameWish wish;
};
struct LinkSay {};  // what the agent has to say
struct LinkListen {
  std::int64_t until_ms = 0;  // at most
};
struct LinkSleep {
  std::int64_t until_ms = 0;
};
struct LinkHangUp {};   // nothing was heard for too long
struct LinkGoodbye {};  // in order: the camera is going to sleep
using LinkAction =
    std::variant<LinkConnect, LinkSend, LinkSay, LinkListen, LinkSleep, LinkHangUp, LinkGoodbye>;

// What the agent wants of its link.
struct LinkWants {
  bool say = false;                // there is something to say
  std::int64_t rest_until_ms = 0;  // no link before
};

class LinkPlanner {
 public:
  explicit LinkPlanner(Random& random) : backoff_(random), random_(random) {}

  LinkAction next_action(std::int64_t now_ms, const LinkWants& wants = {}) const;

  void connected(std::int64_t now_ms);
  // The last LinkConnect was in vain. `status`: of HTTP; 0: there was no answer. Returns the pause.
  std::int64_t refused(std::int64_t now_ms, int status);
  // The connection is over. `code`: of the server's goodbye; 0: there was none. Returns the pause.
  std::int64_t lost(std::int64_t now_ms, int code);
  // Something came.
  void heard(std::int64_t now_ms) { heard_ms_ = now_ms; }
  // A text message.
  void told(std::int64_t now_ms, std::string_view json);
  // The last LinkSend was carried out …
  void sent(std::int64_t now_ms);
  // … or there was no picture to send. True: the stream is over, and the server is to be told.
  bool failed(std::int64_t now_ms);

  bool is_connected() const { return connected_; }
  // Of the stream whose lease has not ended; none: there is no such.
  std::optional<std::uint32_t> stream(std::int64_t now_ms) const;

 private:
  bool streams(std::int64_t now_ms) const { return now_ms < lease_ends_ms_ && credits_ > 0; }
  std::int64_t pause(std::int64_t now_ms, std::int64_t pause_ms);

  Backoff backoff_;
  Random& random_;
  bool connected_ = false;
  std::int64_t connected_ms_ = 0;
  std::int64_t next_connect_ms_ = 0;
  std::int64_t heard_ms_ = 0;
  std::uint32_t stream_ = 0;
  std::uint32_t sequence_ = 0;  // of the next frame
  std::uint32_t credits_ = 0;
  std::int64_t interval_ms_ = 1'000;  // between frames
  std::int64_t lease_ends_ms_ = 0;
  std::int64_t next_frame_ms_ = 0;
  FrameWish wish_;
  int failures_ = 0;  // frames in a row
};

}  // namespace heliograph::firmware
