#include "firmware/core/trial.hpp"

#include <algorithm>

namespace heliograph::firmware {

void Trial::begin(std::int64_t now_ms) {
  running_ = true;
  starts_ = 0;
  begun_ms_ = now_ms;
  missed_ms_.reset();
}

void Trial::resume(std::int64_t starts, std::int64_t now_ms) {
  begin(now_ms);
  starts_ = starts + 1;
}

void Trial::missed(std::int64_t now_ms) {
  if (!missed_ms_) missed_ms_ = now_ms;
}

std::optional<TrialEnd> Trial::ended(std::int64_t now_ms) const {
  if (!running_) return std::nullopt;
  if (starts_ > max_trial_starts) return TrialEnd::restarted;
  if (missed_ms_ && now_ms >= *missed_ms_ + patience_ms_) return TrialEnd::unanswered;
  if (now_ms >= begun_ms_ + untried_trial_ms) return TrialEnd::untried;
  return std::nullopt;
}

std::optional<std::int64_t> Trial::ends_ms() const {
  if (!running_) return std::nullopt;
  const std::int64_t untried_ms = begun_ms_ + untried_trial_ms;
  return missed_ms_ ? std::min(untried_ms, *missed_ms_ + patience_ms_) : untried_ms;
}

}  // namespace heliograph::firmware
