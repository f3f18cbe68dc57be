// Decides what is done about the modem: from a modem without power to a server that answers over it, and back
// up after every way to fall down. A pure function of time and of what came of the last step. The port does
// the steps, and knows pins and AT commands; nothing here does.
//
// The ladder, for a modem (SIM7600, SIM7670) that has neither flow control nor a reset line:
//   power key → it answers → a faster line → the SIM card → registered → PPP → the server answers
// A step that fails is answered by the mildest thing that may help:
// 1. The network's fault (not registered, PPP fell, the server is silent): hang up, and dial anew with a
//    fresh connection, after a growing pause. An old one does not come back.
// 2. Three of those in a row, or a modem that does not answer: its power is cycled.
// 3. Three power cycles in a row: it is left without power for a quarter of an hour, which saves a battery.
// A modem that survived the board's restart is spoken to before its power key is touched: the key would turn
// it off.
#pragma once

#include "firmware/core/backoff.hpp"

#include <cstdint>
#include <optional>

namespace heliograph::firmware {

// How long the power key is held to turn it on, and off, milliseconds (SIM7600 hardware design; the vendors'
// examples).
inline constexpr std::int64_t power_key_on_ms = 500;
inline constexpr std::int64_t power_key_off_ms = 3'000;
// Between a level on the other lines and the key, milliseconds.
inline constexpr std::int64_t power_settle_ms = 100;
// It has booted, or never will, milliseconds.
inline constexpr std::int64_t modem_boot_limit_ms = 15'000;
// It has turned itself off, or never will, milliseconds.
inline constexpr std::int64_t modem_off_limit_ms = 8'000;
// A modem that may be on since before the board's start answers in so long, or is off, milliseconds.
inline constexpr std::int64_t modem_check_limit_ms = 4'000;
// An unwanted one is looked at so rarely, milliseconds; whoever wants it looks at once.
inline constexpr std::int64_t idle_look_ms = 10'000;
// Between two questions to a modem that has not answered yet, and about its registration, milliseconds.
inline constexpr std::int64_t modem_ask_ms = 1'000;
inline constexpr std::int64_t registration_ask_ms = 2'000;
// A SIM card at the edge of a network finds it in so long, or not from here, milliseconds.
inline constexpr std::int64_t registration_limit_ms = 120'000;
// From dialling to an address, milliseconds.
inline constexpr std::int64_t dial_limit_ms = 40'000;
// Tried over it and not answered for so long, it is hung up, milliseconds.
inline constexpr std::int64_t lte_dead_path_ms = 180'000;
inline constexpr int dials_before_power = 3;
inline constexpr int power_cycles_before_rest = 3;
inline constexpr std::int64_t lte_rest_ms = 900'000;
// A SIM card that wants another PIN, or none at all: looked at again so rarely, milliseconds. Three wrong
// PINs lock a card, so a PIN is tried once per power cycle.
inline constexpr std::int64_t sim_rest_ms = 3'600'000;

struct LteStep {
  enum class Kind {
    wait,         // until `until_ms`, or until something is reported
    lines_ready,  // flight mode off, DTR low, key released; then done()
    press_key,    // hold the power key
    release_key,
    ask,      // does it answer? Tries escape and autobauding too (done)
    speed,    // a faster line (done; it failed: the slow one does)
    sim,      // is there a card that is ready, with the PIN if it wants one? (done)
    ask_net,  // is it registered, at home or roaming? (done)
    dial,     // a fresh connection; got_address() or fell() follows
    hang_up,  // give the connection up, and the objects with it (done)
    turn_off  // the polite way, by a command (done)
  };
  Kind kind = Kind::wait;
  std::int64_t until_ms = 0;

  friend bool operator==(const LteStep& a, const LteStep& b) {
    return a.kind == b.kind && a.until_ms == b.until_ms;
  }
};

// Belongs to the supervisor's task.
class LteLadder {
 public:
  // `powered`: the modem's status line, where there is one, says that it is on since before this start.
  LteLadder(Random& random, bool powered) : backoff_(random), maybe_on_(powered) {}

  // Whether it is wanted. Without it, it is turned off.
  void want(bool wanted) { wanted_ = wanted; }

  // What to do now. A step other than wait() is begun by taking it, and done() is due before the next call.
  LteStep next(std::int64_t now_ms);
  // What came of the step that was taken.
  void done(bool well, std::int64_t now_ms);
  // Of a dial.
  void got_address(std::int64_t now_ms);
  void fell(std::int64_t now_ms);
  // The server answered over it, or did not.
  void answered();
  void missed(std::int64_t now_ms);

  // Its power is to be cycled, whatever it does: nothing else has helped.
  void power_off(std::int64_t now_ms);

  bool has_address() const { return phase_ == Phase::up; }
  // It is turned off, and nothing is going on: a board may sleep.
  bool is_off() const { return phase_ == Phase::off && !maybe_on_; }
  // It is just now being turned on, which takes two amperes: nothing else should begin.
  bool is_starting() const { return phase_ >= Phase::lines && phase_ <= Phase::booting; }
  int power_cycles() const { return power_cycles_; }

 private:
  enum class Phase {
    off,
    checking,  // may be on since before
    lines,
    settling,
    press_on,
    hold_on,
    release_on,
    booting,
    faster,
    card,
    registering,
    pausing,  // before a dial
    dialling,
    up,
    hanging_up,
    turning_off,  // politely
    press_off,
    hold_off,
    release_off,
    going_off,
    resting
  };

  static LteStep::Kind step_of(Phase phase);
  void enter(Phase phase, std::int64_t now_ms, std::int64_t limit_ms = 0);
  LteStep pause(std::int64_t now_ms, Phase then);
  void ask_again(std::int64_t now_ms, std::int64_t pause_ms);
  void leave_if_unwanted(std::int64_t now_ms);
  void net_failed(std::int64_t now_ms);
  void cycle_power(std::int64_t now_ms, std::int64_t rest_ms);

  Backoff backoff_;
  Phase phase_ = Phase::off;
  bool maybe_on_;
  bool wanted_ = false;
  std::int64_t ends_ms_ = 0;  // of the phase
  std::int64_t next_ask_ms_ = 0;
  std::optional<std::int64_t> missed_since_ms_;
  int failed_dials_ = 0;
  int power_cycles_ = 0;      // in a row, since the server answered
  std::int64_t rest_ms_ = 0;  // once it is off
};

}  // namespace heliograph::firmware
