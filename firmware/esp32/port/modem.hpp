// A SIM7600 or SIM7670 on a serial line without flow control: does what LteLadder decides. The connection's
// objects are made anew for each dial, because an old one does not come back.
#pragma once

#include "firmware/core/text.hpp"
#include "firmware/esp32/boards/board_pins.hpp"
#include "firmware/esp32/decide/at_text.hpp"
#include "firmware/esp32/decide/lte_ladder.hpp"
#include "firmware/esp32/port/link_events.hpp"

#include <esp_event.h>
#include <esp_modem_api.h>
#include <esp_netif.h>
#include <optional>

namespace heliograph::firmware {

// Baud at which it begins, and to which it is raised: 11 KB/s would make the line slower than the network.
inline constexpr int slow_baud = 115'200;
inline constexpr int fast_baud = 921'600;

// What it has told when it was registered last. While it is dialled in it cannot be asked.
struct ModemReport {
  std::optional<int> signal_dbm;
  std::optional<GpsFix> fix;  // the last one it found
  unsigned fixes = 0;         // how many it has found
  std::optional<std::int64_t> wall_ms;
};

// The supervisor's task, in which its commands wait for seconds. One of it in a program.
class Modem {
 public:
  // `apn`, `pin`: of the SIM card; may be empty. All outlive this.
  Modem(const ModemPins& pins, std::string_view apn, std::string_view pin, LinkEvents& events)
      : pins_(pins), apn_(apn), pin_(pin), events_(events) {
    apn_.append('\0');
    pin_.append('\0');
  }
  Modem(const Modem&) = delete;
  Modem& operator=(const Modem&) = delete;
  ~Modem() { let_go(); }

  // Sets its lines to rest, without waking it. esp_netif_init() and the default event loop came before.
  bool open();
  // What its status line says; where there is none, it may be on.
  bool maybe_on() const;

  // Takes seconds at most. What it came to: LteLadder::done().
  bool carry_out(LteStep::Kind kind);

  const ModemReport& report() const { return report_; }
  esp_netif_t* netif() const { return netif_; }

 private:
  bool make();
  void let_go();
  bool ask();
  bool speed();
  bool sim_ready();
  bool registered();
  bool hang_up();
  bool turn_off();
  // The answer to an AT command; empty: there was none.
  std::string_view command(const char* text);
  void set(int pin, int level);
  static void on_address(void* self, esp_event_base_t base, std::int32_t id, void* data);

  const ModemPins pins_;
  Text<65> apn_;  // both with their ending zero
  Text<9> pin_;
  LinkEvents& events_;
  esp_netif_t* netif_ = nullptr;
  esp_modem_dce_t* dce_ = nullptr;
  int baud_ = slow_baud;        // of the board's side of the line
  bool pin_was_tried_ = false;  // since its power came: three wrong ones lock the card
  ModemReport report_;
  char answer_[CONFIG_ESP_MODEM_C_API_STR_MAX] = {};
};

}  // namespace heliograph::firmware
