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
// 4. A new program is fetched in pieces, in turn with the pictures that wait, and with all that follows.
// 5. What the server wants done is done at once, and what came of it is told before the next picture is sent.
//    A camera that has nothing to send speaks all the same, as often as it is to.
// 6. While there is a link it speaks over that: at once when it is asked to, and seldom else. One word at a
//    time; when none is answered, it speaks over HTTP until the link is heard of again.
// 7. A camera that need not be ready at once lets its sensor rest when the next picture is far away, before
// it
//    sends: what a transmission draws comes on top of what the sensor draws.
// 8. Once a day, right after an answer, it asks for the roots that it should trust.
// 9. A camera whose data for the month is used up takes its pictures and keeps them: it sends none, fetches
//    nothing, and says rarely that it is there.
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

// A sensor that rests takes half a second to see right again, at full current: resting pays for a pause of
// some seconds, milliseconds.
inline constexpr std::int64_t min_sensor_rest_ms = 10'000;

struct PlannerConfig {
  std::int64_t first_capture_ms = 0;   // on the monotonic clock
  std::int64_t interval_ms = 60'000;   // 0: as soon as nothing is waiting
  std::optional<std::uint64_t> count;  // pictures to take; none: for ever
  // With nothing left to do but wait for the server: end when it has taken nothing for so long. None: never.
  std::optional<std::int64_t> patience_ms;
  std::int64_t heartbeat_ms = 0;  // between words to the server without a picture; 0: only to tell of orders
};

// What there is to do beside pictures.
struct Duty {
  bool command = false;  // one waits to be carried out
  bool report = false;   // there is something to tell
  bool fetch = false;    // a piece of a program waits to be fetched
  bool roots = false;    // the server should be asked at which roots its certificate will end
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
struct Fetch {};        // the next piece
struct AskForRoots {};  // and take over what comes
struct RestSensor {
  std::int64_t for_ms = 0;  // until the next picture
};
using Action = std::variant<Capture, Upload, Sleep, Stop, Obey, Heartbeat, Fetch, AskForRoots, RestSensor>;

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
  bool progressed = false;  // a link that breaks now and then is no server that is away
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

  // The sensor may rest between far-apart pictures; not: somebody may want to see at any moment.
  void let_sensor_rest(bool may_rest) { may_rest_ = may_rest; }
  // The last RestSensor is done.
  void rested() { sensor_is_awake_ = false; }

  // A picture was taken out of turn, because somebody wanted it.
  void captured_extra(CaptureResult result);

  // The last Upload is done. Returns the pause before the next one.
  std::int64_t uploaded(std::int64_t now_ms, const UploadResult& result);
  // The last Heartbeat is done: `stored` when it was heard. The same.
  std::int64_t spoken(std::int64_t now_ms, const UploadResult& result);
  // The last Fetch is done: `stored` when it brought something. The same.
  std::int64_t fetched(std::int64_t now_ms, const UploadResult& result);

  // The last AskForRoots is done.
  void asked_for_roots(bool answered) { hears_ = answered; }

  // The link stands from now on, or does not.
  void linked(bool up);
  // The server has said that it has orders, and not which.
  void called(std::int64_t now_ms);
  // The last Heartbeat is on its way over the link.
  void asked(std::int64_t now_ms);
  // … and was answered.
  void answered(std::int64_t now_ms);

  // Other settings: the next picture is due an interval from now at the latest.
  void set_interval(std::int64_t now_ms, std::int64_t interval_ms);
  // Another time between words without a picture; 0: only to tell of orders.
  void set_heartbeat(std::int64_t now_ms, std::int64_t heartbeat_ms);
  // It must be sparing, and speaks so rarely; none: it need not any more.
  void spare(std::int64_t now_ms, std::optional<std::int64_t> heartbeat_ms);
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
  // How long the sensor may rest from now on; none: it rests, or need not.
  std::optional<std::int64_t> sensor_rest_ms(std::int64_t now_ms) const;
  // The link may be spoken over: it stands, and has not left a word without an answer.
  bool link_serves(std::int64_t now_ms) const;
  std::optional<std::int64_t> heartbeat_due_ms(std::int64_t now_ms, bool pending, const Duty& duty) const;
  std::int64_t heartbeat_interval_ms() const { return sparing_ms_.value_or(heartbeat_ms_); }
  bool wants_upload(bool pending) const { return pending && !sparing_ms_; }
  bool wants_fetch(const Duty& duty) const { return duty.fetch && !sparing_ms_; }
  void take_next_slot(std::int64_t now_ms);
  std::int64_t pause_after(const UploadResult& result);

  const PlannerConfig config_;
  Backoff backoff_;
  Random& random_;
  std::int64_t interval_ms_;
  std::int64_t heartbeat_ms_;
  std::optional<std::int64_t> sparing_ms_;  // between words without a picture, while it must be sparing
  std::int64_t next_capture_ms_;
  std::int64_t next_upload_ms_ = 0;  // or heartbeat, before which the server is left alone
  std::int64_t next_heartbeat_ms_;
  std::int64_t sleep_until_ms_ = 0;
  std::int64_t progress_ms_;   // when the last picture was taken, or settled with the server
  bool rebuffed_ = false;      // the last try got nothing taken
  bool hears_ = false;         // the last try was answered: for what is not worth a try of its own
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
  bool may_rest_ = false;
  bool sensor_is_awake_ = true;  // as it is after a start
  bool stopped_ = false;
};

}  // namespace heliograph::firmware
