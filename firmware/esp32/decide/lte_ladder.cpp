#include "firmware/esp32/decide/lte_ladder.hpp"

namespace heliograph::firmware {

using Kind = LteStep::Kind;

// The step that a phase consists of; wait: it consists of time, or of what is reported.
LteStep::Kind LteLadder::step_of(Phase phase) {
  switch (phase) {
    case Phase::checking:
    case Phase::booting:
      return Kind::ask;
    case Phase::lines:
      return Kind::lines_ready;
    case Phase::press_on:
    case Phase::press_off:
      return Kind::press_key;
    case Phase::release_on:
    case Phase::release_off:
      return Kind::release_key;
    case Phase::faster:
      return Kind::speed;
    case Phase::card:
      return Kind::sim;
    case Phase::registering:
      return Kind::ask_net;
    case Phase::hanging_up:
      return Kind::hang_up;
    case Phase::turning_off:
      return Kind::turn_off;
    case Phase::off:
    case Phase::settling:
    case Phase::hold_on:
    case Phase::pausing:
    case Phase::dialling:
    case Phase::up:
    case Phase::hold_off:
    case Phase::going_off:
    case Phase::resting:
      break;
  }
  return Kind::wait;
}

void LteLadder::enter(Phase phase, std::int64_t now_ms, std::int64_t limit_ms) {
  phase_ = phase;
  ends_ms_ = now_ms + limit_ms;
  next_ask_ms_ = now_ms;
}

LteStep LteLadder::pause(std::int64_t now_ms, Phase then) {
  if (now_ms < ends_ms_) return {Kind::wait, ends_ms_};
  enter(then, now_ms);
  return next(now_ms);
}

void LteLadder::leave_if_unwanted(std::int64_t now_ms) {
  if (wanted_) return;
  if (phase_ == Phase::resting) enter(Phase::off, now_ms);
  if (phase_ == Phase::dialling || phase_ == Phase::up) enter(Phase::hanging_up, now_ms);
  if (phase_ >= Phase::faster && phase_ <= Phase::pausing) enter(Phase::turning_off, now_ms);
}

LteStep LteLadder::next(std::int64_t now_ms) {
  leave_if_unwanted(now_ms);
  const Kind step = step_of(phase_);
  if (step != Kind::wait) return now_ms < next_ask_ms_ ? LteStep{Kind::wait, next_ask_ms_} : LteStep{step, 0};
  switch (phase_) {
    case Phase::off:
      if (!maybe_on_ && !wanted_) return {Kind::wait, now_ms + idle_look_ms};
      enter(maybe_on_ ? Phase::checking : Phase::lines, now_ms, modem_check_limit_ms);
      return next(now_ms);
    case Phase::settling:
      return pause(now_ms, Phase::press_on);
    case Phase::hold_on:
      return pause(now_ms, Phase::release_on);
    case Phase::hold_off:
      return pause(now_ms, Phase::release_off);
    case Phase::going_off:
      if (now_ms >= ends_ms_ && wanted_ && rest_ms_ > 0) enter(Phase::resting, now_ms, rest_ms_);
      return pause(now_ms, Phase::off);
    case Phase::resting:
      return pause(now_ms, Phase::off);
    case Phase::pausing:
      if (now_ms < ends_ms_) return {Kind::wait, ends_ms_};
      enter(Phase::dialling, now_ms, dial_limit_ms);
      return {Kind::dial, 0};
    case Phase::dialling:
      if (now_ms < ends_ms_) return {Kind::wait, ends_ms_};
      break;
    case Phase::up: {
      const std::int64_t dead_ms = missed_since_ms_.value_or(now_ms) + lte_dead_path_ms;
      if (now_ms < dead_ms) return {Kind::wait, dead_ms};
      break;
    }
    default:
      break;
  }
  net_failed(now_ms);
  return next(now_ms);
}

void LteLadder::done(bool well, std::int64_t now_ms) {
  switch (phase_) {
    case Phase::checking:
      if (!well && now_ms < ends_ms_) return ask_again(now_ms, modem_ask_ms);
      maybe_on_ = false;
      return enter(well ? Phase::faster : Phase::off, now_ms);
    case Phase::lines:
      return enter(Phase::settling, now_ms, power_settle_ms);
    case Phase::press_on:
      return enter(Phase::hold_on, now_ms, power_key_on_ms);
    case Phase::release_on:
      return enter(Phase::booting, now_ms, modem_boot_limit_ms);
    case Phase::booting:
      if (well) return enter(Phase::faster, now_ms);
      if (now_ms < ends_ms_) return ask_again(now_ms, modem_ask_ms);
      return cycle_power(now_ms, 0);
    case Phase::faster:
      return enter(Phase::card, now_ms);
    case Phase::card:
      if (well) return enter(Phase::registering, now_ms, registration_limit_ms);
      return cycle_power(now_ms, sim_rest_ms);
    case Phase::registering:
      if (well) return enter(Phase::pausing, now_ms);
      if (now_ms < ends_ms_) return ask_again(now_ms, registration_ask_ms);
      return cycle_power(now_ms, 0);
    case Phase::dialling:
      if (!well) net_failed(now_ms);
      return;
    case Phase::hanging_up:
      if (!wanted_) return enter(Phase::turning_off, now_ms);
      if (failed_dials_ >= dials_before_power) return cycle_power(now_ms, 0);
      return enter(Phase::pausing, now_ms, backoff_.next_ms());
    case Phase::turning_off:  // one that does not listen is turned off by its key
      return well ? enter(Phase::going_off, now_ms, modem_off_limit_ms) : enter(Phase::press_off, now_ms);
    case Phase::press_off:
      return enter(Phase::hold_off, now_ms, power_key_off_ms);
    case Phase::release_off:
      return enter(Phase::going_off, now_ms, modem_off_limit_ms);
    default:
      return;  // nothing was asked of the port
  }
}

void LteLadder::ask_again(std::int64_t now_ms, std::int64_t pause_ms) {
  next_ask_ms_ = now_ms + pause_ms;
}

void LteLadder::got_address(std::int64_t now_ms) {
  if (phase_ != Phase::dialling) return;
  missed_since_ms_.reset();
  enter(Phase::up, now_ms);
}

void LteLadder::fell(std::int64_t now_ms) {
  if (phase_ == Phase::dialling || phase_ == Phase::up) net_failed(now_ms);
}

void LteLadder::answered() {
  missed_since_ms_.reset();
  failed_dials_ = 0;
  power_cycles_ = 0;
  backoff_.reset();
}

void LteLadder::missed(std::int64_t now_ms) {
  if (phase_ == Phase::up && !missed_since_ms_) missed_since_ms_ = now_ms;
}

void LteLadder::power_off(std::int64_t now_ms) {
  const bool is_on = phase_ >= Phase::faster && phase_ <= Phase::hanging_up;
  if (is_on) cycle_power(now_ms, 0);
}

void LteLadder::net_failed(std::int64_t now_ms) {
  missed_since_ms_.reset();
  ++failed_dials_;
  enter(Phase::hanging_up, now_ms);
}

// What has not answered need not be told politely, but may: it costs a second.
void LteLadder::cycle_power(std::int64_t now_ms, std::int64_t rest_ms) {
  failed_dials_ = 0;
  ++power_cycles_;
  rest_ms_ = rest_ms;
  if (power_cycles_ >= power_cycles_before_rest) {
    power_cycles_ = 0;
    if (rest_ms_ < lte_rest_ms) rest_ms_ = lte_rest_ms;
  }
  enter(Phase::turning_off, now_ms);
}

}  // namespace heliograph::firmware
