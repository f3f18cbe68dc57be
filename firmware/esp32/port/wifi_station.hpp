// Wi-Fi as a station: does what WifiSupervisor decides, and tells what the driver says. The driver neither
// reconnects nor remembers anything by itself.
#pragma once

#include "firmware/esp32/decide/settings.hpp"
#include "firmware/esp32/decide/wifi_supervisor.hpp"
#include "firmware/esp32/port/link_events.hpp"

#include <esp_event.h>
#include <esp_netif.h>
#include <optional>

namespace heliograph::firmware {

// Quarters of a dBm: 20 dBm, the most there is; and 11, at which its peaks are half as high.
inline constexpr int full_power = 80;
inline constexpr int low_power = 44;

// The supervisor's task. One of it in a program.
class WifiStation {
 public:
  // Outlives this.
  explicit WifiStation(LinkEvents& events) : events_(events) {}
  WifiStation(const WifiStation&) = delete;
  WifiStation& operator=(const WifiStation&) = delete;

  // esp_netif_init() and the default event loop came before. The radio stays off. False: no memory.
  bool open();
  // With which it connects from now on.
  void use(const WifiAccess& access) { access_ = access; }
  // dBm of its transmitter, in quarters; a board that browned out transmits softly for a while.
  void limit_power(int quarter_dbm);

  // Turns the radio on, as a station beside the access point if there is one.
  bool start();
  void stop();
  bool is_on() const { return on_; }
  void carry_out(const WifiStep& step);
  // Saves power between the beacons, unless somebody watches.
  void save_power(bool saves);

  // dBm; none: there is no network.
  std::optional<int> signal() const;
  // "192.0.2.7"; empty: it has none.
  Text<16> address() const;
  esp_netif_t* netif() const { return netif_; }

 private:
  static void on_wifi(void* self, esp_event_base_t base, std::int32_t id, void* data);
  static void on_address(void* self, esp_event_base_t base, std::int32_t id, void* data);
  void connect(bool full_scan);

  LinkEvents& events_;
  esp_netif_t* netif_ = nullptr;
  WifiAccess access_;
  int power_limit_ = full_power;
  bool on_ = false;
};

}  // namespace heliograph::firmware
