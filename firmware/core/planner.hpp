// Decides what the camera does next: a pure function of time, of what is waiting and of what came of the last
// actions. The agent carries it out and reports back. Nothing here waits, sends, stores or reads a clock.
//
// The rules, in order of rank:
// 1. Captures keep their slots: first_capture + k × interval, whatever an upload took. A slot that was missed
//    is skipped.
// 2. A picture goes into the spool before it is sent, since brownouts come when the radio transmits; and the
//    oldest is sent first, the fresh one in its turn. A camera that was away for a day catches up in order.
// 3. A server that is away is left alone for a jittered, growing pause, or for as long as it asks. One that
//    needs its owner (wrong key, wrong address) is asked every few minutes. Nothing is thrown away for
//    either.
// 4. A new program is fetched in pieces, in turn with the pictures that wait.
// 5. What the server wants done is done at once, and what came of it is told before the next picture is sent.
//    A camera that has nothing to send speaks all the same, as often as it is to.
// 6. While there is a link it speaks over that: at once when it is asked to, and seldom else. One word at a
//    time; when none is answered, it speaks over HTTP until the link is heard of again.
// 7. A camera whose data for the month is used up takes its pictures and keeps them: it sends none, or one
//    now and then, fetches nothing, and says rarely that it is there.
#pragma once

#include "firmware/core/backoff.hpp"
#include "firmware/core/verdict.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <variant>

namespace heliograph::firmware {

// Pause after an answer that only a person can mend: short enough that a corrected key is noticed during the
// visit.
inline constexpr std::int64_t needs_owner_pause_ms = 300'000;
// The longest Retry-After that is honoured: a mistaken header must not silence a camera for a day.
inline constexpr std::int64_t max_retry_after_ms = 3'600'000;
// Frames taken again at once when the sensor garbled one; then it waits for its next slot.
inline constexpr int max_retakes = 2;
// Pause after a source did not answer at all: an unplugged webcam says so at once, and would be asked without
// end.
inline constexpr std::int64_t capture_failure_pause_ms = 1'000;

// A word over the link is given up after so long without an answer, milliseconds: a bad cell's round trip, a
// server that is busy for some seconds.
inline constexpr std::int64_t link_answer_patience_ms = 10'000;
// Over the link an idle camera speaks so often, milliseconds: its pings say that it is there, and telemetry
// is kept by five minutes.
inline constexpr std::int64_t link_heartbeat_ms = 300'000;

struct PlannerConfig {
  std::int64_t first_capture_ms = 0;   // on the monotonic clock
  std::int64_t interval_ms = 60'000;   // 0: as soon as nothing is waiting
  std::optional<std::uint64_t> count;  // pictures to take; none: for ever
  // With nothing left to do but wait for the server: end when it has taken nothing for so long. None: never.
  std::optional<std::int64_t> patience_ms;
  std::int64_t heartbeat_ms = 0;  // between words to the server without a picture; 0: only to tell of orders
  bool speaks_http = true;        // false: a word over HTTP would show the key
};

// How a camera speaks whose data is used up.
struct Sparing {
  std::int64_t heartbeat_ms = 0;          // between words without a picture; 0: none
  std::optional<std::int64_t> upload_ms;  // between pictures; none: they wait
};

// What there is to do beside pictures.
struct Duty {
  bool command = false;  // one waits to be carried out
  bool report = false;   // there is something to tell
  bool fetch = false;    // a piece of a program waits to be fetched
};

struct Capture {};
struct Upload {
  bool unspooled = false;  // the picture in memory; otherwise the oldest of the spool
};
struct Sleep {
  std::int64_t until_ms = 0;
};
struct Stop {};
struct Obey {};     // carry out the command
struct Heartbeat {  // speak without a picture
  bool over_link = false;
};
struct Fetch {};  // the next piece
using Action = std::variant<Capture, Upload, Sleep, Stop, Obey, Heartbeat, Fetch>;

enum class CaptureResult {
  spooled,
  unspooled,  // taken, but the spool cannot hold it: it is in memory until the next capture
  garbled,    // the sensor answered rubbish
  failed,     // the source did not answer
  exhausted   // there will be no more
};

struct UploadResult {
  Verdict verdict = Verdict::try_again;
  std::optional<std::int64_t> retry_after_ms;
};

class Planner {
 public:
  Planner(const PlannerConfig& config, Random& random)
      : config_(config),
        backoff_(random),
        random_(random),
        interval_ms_(config.interval_ms),
        heartbeat_ms_(config.heartbeat_ms),
        next_capture_ms_(config.first_capture_ms),
        next_heartbeat_ms_(config.first_capture_ms + config.heartbeat_ms),
        progress_ms_(config.first_capture_ms) {}

  // What to do now. `waiting` counts the pictures in the spool.
  Action next_action(std::int64_t now_ms, std::size_t waiting, const Duty& duty = {}) const;

  // The last Capture is done.
  void captured(std::int64_t now_ms, CaptureResult result);

  // A picture was taken out of turn, because somebody wanted it.
  void captured_extra(CaptureResult result);

  // The last Upload is done. Returns the pause before the next one.
  std::int64_t uploaded(std::int64_t now_ms, const UploadResult& result);
  // The last Heartbeat is done: `stored` when it was heard. The same.
  std::int64_t spoken(std::int64_t now_ms, const UploadResult& result);
  // The last Fetch is done: `stored` when it brought something. The same.
  std::int64_t fetched(std::int64_t now_ms, const UploadResult& result);

  // The link stands from now on, or does not.
  void linked(bool up);
  // Over the link the server has said that it has orders.
  void called(std::int64_t now_ms);
  // The last Heartbeat is on its way over the link.
  void asked(std::int64_t now_ms);
  // … and was answered.
  void answered(std::int64_t now_ms);

  // Other settings: the next picture is due an interval from now at the latest.
  void set_interval(std::int64_t now_ms, std::int64_t interval_ms);
  // Another time between words without a picture; 0: only to tell of orders.
  void set_heartbeat(std::int64_t now_ms, std::int64_t heartbeat_ms);
  // None: it need not be sparing.
  void spare(std::int64_t now_ms, const std::optional<Sparing>& sparing);
  // No picture before.
  void postpone_capture(std::int64_t until_ms);
  // Nothing at all before, but for what there is to tell.
  void sleep_until(std::int64_t until_ms) { sleep_until_ms_ = until_ms; }

  // How long nothing is heard of the camera from now on, at most, if no picture comes; 0: nobody can say.
  std::int64_t silence_ms() const { return heartbeat_interval_ms(); }
  std::int64_t next_capture_ms() const { return next_capture_ms_; }

  // No further action: next_action() says Stop from now on.
  void stop() { stopped_ = true; }

 private:
  bool out_of_patience(std::int64_t now_ms) const;
  Action wait(std::int64_t now_ms, bool may_capture, bool pending, const Duty& duty) const;
  // The link may be spoken over: it stands, and has not left a word without an answer.
  bool link_serves(std::int64_t now_ms) const;
  bool has_to_tell(std::int64_t now_ms, const Duty& duty) const;
  std::optional<std::int64_t> heartbeat_due_ms(std::int64_t now_ms, bool pending, const Duty& duty) const;
  std::int64_t heartbeat_interval_ms() const { return sparing_ ? sparing_->heartbeat_ms : heartbeat_ms_; }
  std::optional<std::int64_t> upload_due_ms(bool pending) const;
  bool wants_fetch(const Duty& duty) const { return duty.fetch && !sparing_; }
  void take_next_slot(std::int64_t now_ms);
  std::int64_t pause_after(const UploadResult& result);

  const PlannerConfig config_;
  Backoff backoff_;
  Random& random_;
  std::int64_t interval_ms_;
  std::int64_t heartbeat_ms_;
  std::optional<Sparing> sparing_;
  std::int64_t spared_upload_ms_ = 0;  // while sparing: no picture is sent before
  std::int64_t next_capture_ms_;
  std::int64_t next_upload_ms_ = 0;  // or heartbeat, before which the server is left alone
  std::int64_t next_heartbeat_ms_;
  std::int64_t sleep_until_ms_ = 0;
  std::int64_t progress_ms_;   // when the last picture was taken, or settled with the server
  bool rebuffed_ = false;      // the last try got nothing taken
  bool fetched_last_ = false;  // it is the pictures' turn
  std::uint64_t taken_ = 0;
  int retakes_ = 0;
  bool unspooled_ = false;  // a picture in memory waits
  bool linked_ = false;
  bool link_is_deaf_ = false;                  // it has left a word without an answer
  bool called_ = false;                        // the server has orders, and was not asked for them yet
  std::optional<std::int64_t> answer_due_ms_;  // of what was said over the link
  std::int64_t next_link_heartbeat_ms_ = 0;
  bool capturing_ = true;
  bool stopped_ = false;
};

}  // namespace heliograph::firmware
