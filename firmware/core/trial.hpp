// Settings on trial: those under which a camera does not reach its server are given up by the camera itself,
// because nobody else can. Pure: what is to be done about it, and what is written down, is its owner's.
#pragma once

#include <cstdint>
#include <optional>

namespace heliograph::firmware {

// Starts of the camera during one trial, each without an answer of the server: settings that crash it, or a
// sleeper that wakes, finds nobody and sleeps again. One is an accident.
inline constexpr std::int64_t max_trial_starts = 3;
// A camera that never even tried in this time is kept from it by the settings, milliseconds: the longest
// interval is a day, and this is an hour more.
inline constexpr std::int64_t untried_trial_ms = std::int64_t{25} * 3'600'000;

// Why settings are given up.
enum class TrialEnd { unanswered, restarted, untried };

class Trial {
 public:
  // `patience_ms`: from the first exchange that failed until the settings are given up. Shorter outages, such
  // as a router's restart, are not held against them.
  explicit Trial(std::int64_t patience_ms) : patience_ms_(patience_ms) {}

  // New settings hold from now on.
  void begin(std::int64_t now_ms);
  // The camera has started anew during a trial; `starts` of them before this one.
  void resume(std::int64_t starts, std::int64_t now_ms);
  // The server has answered: the settings are proven.
  void reached() { running_ = false; }
  // An exchange with it failed.
  void missed(std::int64_t now_ms);
  // The settings were given up.
  void end() { running_ = false; }

  bool running() const { return running_; }
  // While it is running: what a restart must know.
  std::int64_t starts() const { return starts_; }
  // None: go on as it is.
  std::optional<TrialEnd> ended(std::int64_t now_ms) const;
  // When ended() has something to say, if nothing else happens. None: there is no trial.
  std::optional<std::int64_t> ends_ms() const;

 private:
  const std::int64_t patience_ms_;
  bool running_ = false;
  std::int64_t starts_ = 0;
  std::int64_t begun_ms_ = 0;
  std::optional<std::int64_t> missed_ms_;  // the first time
};

}  // namespace heliograph::firmware
