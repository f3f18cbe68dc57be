// The supervisor of a board's network: hears what happened, asks the machines in decide/ what follows, and
// has Wi-Fi and the modem do it. It decides nothing itself that could be decided without hardware.
#pragma once

#include "firmware/core/trial.hpp"
#include "firmware/esp32/decide/lte_ladder.hpp"
#include "firmware/esp32/decide/uplink.hpp"
#include "firmware/esp32/decide/wifi_supervisor.hpp"
#include "firmware/esp32/port/board_clock.hpp"
#include "firmware/esp32/port/modem.hpp"
#include "firmware/esp32/port/settings_store.hpp"
#include "firmware/esp32/port/wifi_station.hpp"

#include <atomic>
#include <cstdint>
#include <optional>

namespace heliograph::firmware {

struct NetworkPlatform {
  const Clock& clock;
  KnownTime& time;
  Random& random;
  LinkEvents& events;
  WifiStation& wifi;
  Modem* modem = nullptr;  // null: the board has none
  SettingsStore& store;
};

struct NetworkStart {
  Settings settings;
  std::int64_t interval_ms = 0;  // between pictures
  std::uint32_t outage_restarts = 0;
  bool low_load = false;
  std::int64_t wifi_patience_ms = usual_wifi_patience_ms;
};

// What a modem told of its signal is old after so long, milliseconds: weather and cells change, and while it
// is dialled in it cannot be asked again.
inline constexpr std::int64_t max_signal_age_ms = 900'000;
// … and of its place: a trap is carried to the next tree, or stolen.
inline constexpr std::int64_t max_fix_age_ms = std::int64_t{24} * 3'600'000;

// The supervisor's task, but for what says otherwise.
class Network {
 public:
  Network(const NetworkPlatform& platform, const NetworkStart& start);

  // Hears and does what is due, and waits for more, `patience_ms` at most.
  void run_once(std::int64_t patience_ms);

  // Somebody entered others. They are saved already.
  void use(const Settings& settings);
  // How often somebody has entered others.
  unsigned settings_taken() const { return settings_taken_; }

  // Somebody may have to enter another password: the portal should be open.
  bool wants_portal() const { return wifi_.portal_until_ms().has_value(); }
  // The last resort. `outage_restarts` is to be retained.
  bool wants_restart() const { return wants_restart_; }
  std::uint32_t outage_restarts() const { return outage_.restarts(); }

  // Any task.
  bool is_up() const { return is_up_; }
  bool is_metered() const { return is_metered_; }
  // It has no power, and nothing is going on with it. The supervisor's task.
  bool modem_is_off() const { return lte_.is_off(); }
  // dBm of whatever it speaks over; 0: unknown, or the modem was asked too long ago.
  int signal_dbm() const { return signal_dbm_; }
  // Where the modem saw itself within the day. The supervisor's task.
  std::optional<GpsFix> fix() const;
  // The month's data is used up, or is not: the modem is left alone.
  void spare_modem(bool spared) { modem_is_spared_ = spared; }
  // Somebody watches: the radio does not sleep.
  void keep_awake(bool awake) { keep_awake_ = awake; }

 private:
  void hear(const LinkEvent& event, std::int64_t now_ms);
  void reached(std::int64_t now_ms);
  void missed(std::int64_t now_ms);
  std::int64_t run_wifi(std::int64_t now_ms, bool wanted);
  std::int64_t run_modem(std::int64_t now_ms, bool wanted);
  void look_at_trial(std::int64_t now_ms);
  void look_at_outage(std::int64_t now_ms);
  void tell_state();
  std::optional<int> modem_signal() const;
  bool speaks_over_wifi() const { return wifi_.has_address() && !prefers_modem_; }

  const NetworkPlatform platform_;
  Settings settings_;
  WifiSupervisor wifi_;
  LteLadder lte_;
  UplinkChoice choice_;
  Outage outage_;
  Stagger stagger_;
  Trial trial_{wifi_trial_ms};
  std::int64_t low_load_until_ms_;
  std::int64_t radio_started_ms_ = 0;
  unsigned settings_taken_ = 0;
  bool prefers_modem_ = false;
  bool wants_restart_ = false;
  bool slept_ = false;              // the radio, between beacons
  std::int64_t modem_told_ms_ = 0;  // when it was asked last
  std::int64_t fix_told_ms_ = 0;    // when it had found another place
  unsigned fixes_seen_ = 0;
  std::atomic<bool> is_up_{false};
  std::atomic<bool> is_metered_{false};
  std::atomic<int> signal_dbm_{0};
  std::atomic<bool> modem_is_spared_{false};
  std::atomic<bool> keep_awake_{false};
};

}  // namespace heliograph::firmware
