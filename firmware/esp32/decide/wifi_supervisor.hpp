// Decides what is done about Wi-Fi: a pure function of time and of what the driver reported. The port carries
// it out and says what came of it; nothing here waits, calls a driver or reads a clock.
//
// The driver's own reconnecting is off, because it gives up on some reasons for ever, such as an access point
// that answers "authentication failed" while it boots. The rules:
// 1. A network that held is tried again at once when it is lost, and then after growing, jittered pauses.
// 2. Each fifth failure in a row scans all channels, with nothing remembered; each tenth restarts the radio.
// 3. Three refusals in a row that mean a wrong password: tried on, at the slowest pace, and the portal opens.
// 4. Associated is not connected: only an answer of the server is. When none comes for long enough while it
//    is tried, the network is made anew, ever more rarely, because it may be the server that is away.
#pragma once

#include "firmware/core/backoff.hpp"

#include <cstdint>
#include <optional>

namespace heliograph::firmware {

// An attempt of which the driver says nothing for so long has failed, milliseconds: association, a slow
// access point's key exchange and DHCP take ten seconds at their worst.
inline constexpr std::int64_t wifi_attempt_limit_ms = 30'000;
inline constexpr int full_scan_each = 5;
inline constexpr int radio_restart_each = 10;
inline constexpr int bad_password_limit = 3;
// The portal is open for so long after those, milliseconds: somebody who has just changed the router's
// password is on the way; a portal that never closes is a door.
inline constexpr std::int64_t bad_password_portal_ms = 300'000;
// A network that was lost sooner than this is not tried again at once, milliseconds: one that comes and goes
// would be entered without end.
inline constexpr std::int64_t steady_ms = 60'000;
// Tried and not answered for so long, the network is made anew, milliseconds; then twice as long …
inline constexpr std::int64_t dead_path_ms = 180'000;
// … up to an hour.
inline constexpr std::int64_t max_dead_path_ms = 3'600'000;

// Why the driver says a network was lost or not entered: wifi_err_reason_t. Those that a wrong password
// gives.
bool means_bad_password(int reason);

struct WifiStep {
  enum class Kind {
    wait,           // until `until_ms`, or until something is reported
    connect,        // `full_scan`: on all channels, forgetting where it was found last
    disconnect,     // and report the loss as usual
    restart_radio,  // stop and start it
  };
  Kind kind = Kind::wait;
  std::int64_t until_ms = 0;
  bool full_scan = false;

  friend bool operator==(const WifiStep& a, const WifiStep& b) {
    return a.kind == b.kind && a.until_ms == b.until_ms && a.full_scan == b.full_scan;
  }
};

// Belongs to the supervisor's task.
class WifiSupervisor {
 public:
  explicit WifiSupervisor(Random& random) : backoff_(random) {}

  // What to do now. A step other than wait() is begun by taking it.
  WifiStep next(std::int64_t now_ms);

  // The driver has an address.
  void got_address(std::int64_t now_ms);
  // It lost the network, or did not get in.
  void lost(int reason, std::int64_t now_ms);
  // The server answered over this network, or did not.
  void answered();
  void missed(std::int64_t now_ms);
  // Somebody entered other credentials: everything begins anew.
  void reset();

  bool has_address() const { return phase_ == Phase::up; }
  // Somebody may have to enter another password: open the portal until then. None: not for this.
  std::optional<std::int64_t> portal_until_ms() const { return portal_until_ms_; }
  int failures() const { return failures_; }

 private:
  enum class Phase { idle, trying, up, leaving };

  void fail(std::int64_t now_ms);
  WifiStep begin(std::int64_t now_ms);
  WifiStep leave(std::int64_t now_ms);

  Backoff backoff_;
  Phase phase_ = Phase::idle;
  int failures_ = 0;  // in a row, since the server answered or an address came
  int bad_passwords_ = 0;
  bool restart_due_ = false;
  std::int64_t phase_ends_ms_ = 0;  // trying, leaving: then it has failed
  std::int64_t next_try_ms_ = 0;
  std::int64_t up_since_ms_ = 0;
  std::optional<std::int64_t> missed_since_ms_;
  std::int64_t dead_path_limit_ms_ = dead_path_ms;
  std::optional<std::int64_t> portal_until_ms_;
};

}  // namespace heliograph::firmware
