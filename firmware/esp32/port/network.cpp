#include "firmware/esp32/port/network.hpp"

#include <algorithm>

namespace heliograph::firmware {

namespace {

// The radio's start takes its current in this time, milliseconds; what it does later comes in short bursts.
constexpr std::int64_t radio_start_ms = 2'000;

}  // namespace

Network::Network(const NetworkPlatform& platform, const NetworkStart& start)
    : platform_(platform),
      settings_(start.settings),
      wifi_(platform.random),
      lte_(platform.random, platform.modem != nullptr && platform.modem->maybe_on()),
      choice_(platform.clock.mono_ms(), start.wifi_patience_ms),
      outage_(platform.clock.mono_ms(), start.interval_ms, start.outage_restarts),
      low_load_until_ms_(start.low_load ? platform.clock.mono_ms() + low_load_ms : 0) {
  platform_.wifi.use(settings_.wifi);
  if (start.low_load) platform_.wifi.limit_power(low_power);
  if (settings_.wifi_before.empty()) return;
  trial_.resume(settings_.wifi_starts, platform_.clock.mono_ms());
  settings_ = platform_.store.change([](Settings& settings) { ++settings.wifi_starts; });
}

void Network::run_once(std::int64_t patience_ms) {
  const std::int64_t now_ms = platform_.clock.mono_ms();
  LinkView view;
  view.has_wifi = !settings_.wifi.empty();
  view.has_modem = platform_.modem != nullptr;
  view.wifi_up = wifi_.has_address();
  view.modem_spared = modem_is_spared_;
  view.low_load = now_ms < low_load_until_ms_;
  if (low_load_until_ms_ > 0 && !view.low_load) {
    low_load_until_ms_ = 0;
    platform_.wifi.limit_power(full_power);
  }
  const LinkWish wish = choice_.next(view, now_ms);
  std::int64_t until_ms = now_ms + patience_ms;
  until_ms = std::min(until_ms, run_wifi(now_ms, wish.wifi));
  until_ms = std::min(until_ms, run_modem(now_ms, wish.modem));
  const bool prefers_modem = wish.prefer_modem && lte_.has_address();
  if (prefers_modem != prefers_modem_ || prefers_modem) {
    esp_netif_t* netif = prefers_modem ? platform_.modem->netif() : platform_.wifi.netif();
    if (netif != nullptr) esp_netif_set_default_netif(netif);
  }
  prefers_modem_ = prefers_modem;
  look_at_trial(now_ms);
  look_at_outage(now_ms);
  tell_state();

  LinkEvent event;
  std::int64_t wait_ms = until_ms - platform_.clock.mono_ms();
  while (platform_.events.take(event, wait_ms)) {
    hear(event, platform_.clock.mono_ms());
    wait_ms = 0;  // and whatever else was told
  }
}

void Network::hear(const LinkEvent& event, std::int64_t now_ms) {
  switch (event.kind) {
    case LinkEvent::Kind::wifi_up:
      wifi_.got_address(now_ms);
      return;
    case LinkEvent::Kind::wifi_lost:
      wifi_.lost(event.reason, now_ms);
      return;
    case LinkEvent::Kind::modem_up:
      lte_.got_address(now_ms);
      return;
    case LinkEvent::Kind::modem_lost:
      lte_.fell(now_ms);
      return;
    case LinkEvent::Kind::reached:
      return reached(now_ms);
    case LinkEvent::Kind::missed:
      return missed(now_ms);
    case LinkEvent::Kind::settings:
      return use(platform_.store.load());
  }
}

void Network::reached(std::int64_t now_ms) {
  outage_.answered(now_ms);
  if (!speaks_over_wifi()) return lte_.answered();
  wifi_.answered();
  choice_.answered_over_wifi(now_ms);
  if (!trial_.running()) return;
  trial_.reached();
  settings_ = platform_.store.change(keep_wifi);
}

void Network::missed(std::int64_t now_ms) {
  if (prefers_modem_) return lte_.missed(now_ms);
  wifi_.missed(now_ms);
  trial_.missed(now_ms);
}

// Returns when it should be asked again.
std::int64_t Network::run_wifi(std::int64_t now_ms, bool wanted) {
  constexpr std::int64_t ask_again_ms = 10'000;
  if (now_ms - radio_started_ms_ >= radio_start_ms) stagger_.ended(Load::radio, now_ms);
  if (!wanted) return now_ms + ask_again_ms;
  if (!platform_.wifi.is_on()) {
    if (!stagger_.begin(Load::radio, now_ms)) return now_ms + load_gap_ms;
    radio_started_ms_ = now_ms;
    platform_.wifi.start();
  }
  for (;;) {
    const WifiStep step = wifi_.next(now_ms);
    if (step.kind == WifiStep::Kind::wait) return step.until_ms;
    if (step.kind == WifiStep::Kind::connect) trial_.missed(now_ms);  // until it is not
    platform_.wifi.carry_out(step);
  }
}

// The same. Steps of the modem take seconds, so only one is done in a round.
std::int64_t Network::run_modem(std::int64_t now_ms, bool wanted) {
  constexpr std::int64_t ask_again_ms = 10'000;
  if (platform_.modem == nullptr) return now_ms + ask_again_ms;
  // What is being turned on is finished first, whether it is wanted or not.
  lte_.want(wanted);
  if (wanted && lte_.is_off() && !stagger_.begin(Load::modem, now_ms)) return now_ms + load_gap_ms;
  const LteStep step = lte_.next(now_ms);
  if (step.kind == LteStep::Kind::wait) return step.until_ms;
  const bool well = platform_.modem->carry_out(step.kind);
  const std::int64_t done_ms = platform_.clock.mono_ms();
  lte_.done(well, done_ms);
  if (!lte_.is_starting()) stagger_.ended(Load::modem, done_ms);
  const auto& told_ms = platform_.modem->report().wall_ms;
  if (step.kind != LteStep::Kind::ask_net || !well) return done_ms;
  modem_told_ms_ = done_ms;
  if (platform_.modem->report().fixes != fixes_seen_) fix_told_ms_ = done_ms;
  fixes_seen_ = platform_.modem->report().fixes;
  if (told_ms) platform_.time.offer(*told_ms, TimeSource::modem);
  return done_ms;
}

std::optional<int> Network::modem_signal() const {
  const bool fresh = platform_.clock.mono_ms() - modem_told_ms_ <= max_signal_age_ms;
  return fresh ? platform_.modem->report().signal_dbm : std::nullopt;
}

std::optional<GpsFix> Network::fix() const {
  if (platform_.modem == nullptr || platform_.clock.mono_ms() - fix_told_ms_ > max_fix_age_ms)
    return std::nullopt;
  return platform_.modem->report().fix;
}

void Network::look_at_trial(std::int64_t now_ms) {
  if (!trial_.ended(now_ms)) return;
  trial_.end();
  settings_ = platform_.store.change(revert_wifi);
  platform_.wifi.use(settings_.wifi);
  platform_.wifi.carry_out({WifiStep::Kind::disconnect, 0, false});
  wifi_.reset();
}

void Network::look_at_outage(std::int64_t now_ms) {
  if (settings_.server.empty()) return;  // there is nobody to be reached
  switch (outage_.next(now_ms)) {
    case OutageStep::none:
      return;
    case OutageStep::restart_links:
      platform_.wifi.carry_out({WifiStep::Kind::restart_radio, 0, false});
      wifi_.reset();
      lte_.fell(now_ms);
      return;
    case OutageStep::cycle_modem:
      lte_.power_off(now_ms);
      return;
    case OutageStep::restart_board:
      wants_restart_ = true;
      return;
  }
}

void Network::tell_state() {
  is_up_ = wifi_.has_address() || lte_.has_address();
  is_metered_ = prefers_modem_ || (lte_.has_address() && !wifi_.has_address());
  const auto signal = is_metered_ && platform_.modem != nullptr ? modem_signal() : platform_.wifi.signal();
  signal_dbm_ = signal.value_or(0);
  const bool sleeps = !keep_awake_;
  if (sleeps != slept_) platform_.wifi.save_power(sleeps);
  slept_ = sleeps;
}

void Network::use(const Settings& settings) {
  settings_ = settings;
  ++settings_taken_;
  platform_.wifi.use(settings_.wifi);
  if (settings_.wifi_before.empty()) {
    trial_.end();
  } else {
    trial_.begin(platform_.clock.mono_ms());
  }
  platform_.wifi.carry_out({WifiStep::Kind::disconnect, 0, false});
  wifi_.reset();
}

}  // namespace heliograph::firmware
