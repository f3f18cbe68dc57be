#include "firmware/esp32/decide/uplink.hpp"

#include <algorithm>

namespace heliograph::firmware {

LinkWish UplinkChoice::next(const LinkView& view, std::int64_t now_ms) {
  if (!view.wifi_up) wifi_up_since_ms_ = -1;
  if (view.wifi_up && wifi_up_since_ms_ < 0) wifi_up_since_ms_ = now_ms;
  const bool modem_may = view.has_modem && !view.low_load && !view.modem_spared;
  if (!view.has_wifi) return {false, modem_may, modem_may};

  const bool missed_for_long = now_ms - wifi_missed_since_ms_ >= patience_ms_;
  const bool proven = view.wifi_up && now_ms - wifi_up_since_ms_ >= wifi_proof_ms;
  if (missed_for_long && !view.wifi_up) on_modem_ = true;
  if (proven) {
    on_modem_ = false;
    wifi_missed_since_ms_ = now_ms;
  }
  const bool modem = on_modem_ && modem_may;
  return {true, modem, modem && !view.wifi_up};
}

void UplinkChoice::answered_over_wifi(std::int64_t now_ms) {
  on_modem_ = false;
  wifi_missed_since_ms_ = now_ms;
}

Outage::Outage(std::int64_t now_ms, std::int64_t interval_ms, std::uint32_t restarts)
    : first_patience_ms_(std::min(std::max(min_outage_ms, interval_ms * outage_intervals), max_outage_ms)),
      since_ms_(now_ms),
      restarts_(restarts) {}

std::int64_t Outage::patience_ms() const {
  std::int64_t patience_ms = first_patience_ms_;
  for (std::uint32_t i = 0; i < restarts_ && patience_ms < max_outage_ms; ++i) patience_ms *= 2;
  return std::min(patience_ms, max_outage_ms);
}

void Outage::answered(std::int64_t now_ms) {
  since_ms_ = now_ms;
  steps_ = 0;
  restarts_ = 0;
}

OutageStep Outage::next(std::int64_t now_ms) {
  if (now_ms - since_ms_ < patience_ms() + steps_ * outage_step_ms) return OutageStep::none;
  switch (++steps_) {
    case 1:
      return OutageStep::restart_links;
    case 2:
      return OutageStep::cycle_modem;
    default:
      ++restarts_;
      return OutageStep::restart_board;
  }
}

bool Stagger::begin(Load load, std::int64_t now_ms) {
  if (busy_ || now_ms < free_from_ms_) return busy_ && starting_ == load;
  busy_ = true;
  starting_ = load;
  return true;
}

void Stagger::ended(Load load, std::int64_t now_ms) {
  if (!busy_ || starting_ != load) return;
  busy_ = false;
  free_from_ms_ = now_ms + load_gap_ms;
}

}  // namespace heliograph::firmware
