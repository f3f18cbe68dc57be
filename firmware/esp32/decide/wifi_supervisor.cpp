#include "firmware/esp32/decide/wifi_supervisor.hpp"

#include <algorithm>

namespace heliograph::firmware {

namespace {

// The driver takes so long to leave at most, milliseconds.
constexpr std::int64_t leave_limit_ms = 5'000;

}  // namespace

bool means_bad_password(int reason) {
  constexpr int four_way_handshake_timeout = 15;
  constexpr int auth_fail = 202;
  constexpr int handshake_timeout = 204;
  return reason == four_way_handshake_timeout || reason == auth_fail || reason == handshake_timeout;
}

WifiStep WifiSupervisor::next(std::int64_t now_ms) {
  if (portal_until_ms_ && now_ms >= *portal_until_ms_) portal_until_ms_.reset();
  switch (phase_) {
    case Phase::trying:
    case Phase::leaving:
      if (now_ms < phase_ends_ms_) return {WifiStep::Kind::wait, phase_ends_ms_, false};
      fail(now_ms);
      return next(now_ms);
    case Phase::up:
      if (missed_since_ms_ && now_ms - *missed_since_ms_ >= dead_path_limit_ms_) return leave(now_ms);
      return {WifiStep::Kind::wait,
              missed_since_ms_ ? *missed_since_ms_ + dead_path_limit_ms_ : now_ms + dead_path_limit_ms_,
              false};
    case Phase::idle:
      break;
  }
  if (restart_due_) {
    restart_due_ = false;
    return {WifiStep::Kind::restart_radio, 0, false};
  }
  if (now_ms < next_try_ms_) return {WifiStep::Kind::wait, next_try_ms_, false};
  return begin(now_ms);
}

WifiStep WifiSupervisor::begin(std::int64_t now_ms) {
  phase_ = Phase::trying;
  phase_ends_ms_ = now_ms + wifi_attempt_limit_ms;
  const bool full_scan = failures_ > 0 && failures_ % full_scan_each == 0;
  return {WifiStep::Kind::connect, 0, full_scan};
}

WifiStep WifiSupervisor::leave(std::int64_t now_ms) {
  phase_ = Phase::leaving;
  phase_ends_ms_ = now_ms + leave_limit_ms;
  missed_since_ms_.reset();
  dead_path_limit_ms_ = std::min(dead_path_limit_ms_ * 2, max_dead_path_ms);
  return {WifiStep::Kind::disconnect, 0, false};
}

void WifiSupervisor::got_address(std::int64_t now_ms) {
  phase_ = Phase::up;
  up_since_ms_ = now_ms;
  failures_ = 0;
  bad_passwords_ = 0;
  restart_due_ = false;
  missed_since_ms_.reset();
}

void WifiSupervisor::lost(int reason, std::int64_t now_ms) {
  if (phase_ == Phase::idle) return;  // it says so more than once
  const bool was_in = phase_ == Phase::up || phase_ == Phase::leaving;
  if (was_in) {
    phase_ = Phase::idle;
    next_try_ms_ = now_ms - up_since_ms_ >= steady_ms ? now_ms : now_ms + backoff_.next_ms();
    return;
  }
  bad_passwords_ = means_bad_password(reason) ? bad_passwords_ + 1 : 0;
  fail(now_ms);
  if (bad_passwords_ < bad_password_limit) return;
  next_try_ms_ = std::max(next_try_ms_, now_ms + bad_password_portal_ms);
  if (bad_passwords_ == bad_password_limit) portal_until_ms_ = now_ms + bad_password_portal_ms;
}

void WifiSupervisor::fail(std::int64_t now_ms) {
  phase_ = Phase::idle;
  ++failures_;
  restart_due_ = failures_ % radio_restart_each == 0;
  next_try_ms_ = now_ms + backoff_.next_ms();
}

void WifiSupervisor::answered() {
  backoff_.reset();
  missed_since_ms_.reset();
  dead_path_limit_ms_ = dead_path_ms;
}

void WifiSupervisor::missed(std::int64_t now_ms) {
  if (phase_ == Phase::up && !missed_since_ms_) missed_since_ms_ = now_ms;
}

void WifiSupervisor::reset() {
  phase_ = Phase::idle;
  failures_ = 0;
  bad_passwords_ = 0;
  restart_due_ = false;
  next_try_ms_ = 0;
  missed_since_ms_.reset();
  dead_path_limit_ms_ = dead_path_ms;
  portal_until_ms_.reset();
  backoff_.reset();
}

}  // namespace heliograph::firmware
