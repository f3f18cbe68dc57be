// Whether a board's chip dozes: its clocks stand still whenever all of its tasks wait, and memory and Wi-Fi
// are kept (ESP-IDF's automatic light sleep). Pure.
#pragma once

#include "firmware/esp32/decide/deep_sleep.hpp"

#include <cstdint>

namespace heliograph::firmware {

// With less to wait it stays awake, milliseconds: by the time that it dozes it would have to wake.
inline constexpr std::int64_t least_doze_ms = 2'000;
// The supervisor looks so rarely while the chip dozes, milliseconds, since each look wakes it: often enough
// for a button that is held for five seconds, and for the watchdog.
inline constexpr std::int64_t doze_look_ms = 1'000;

struct DozeView {
  bool may_sleep = false;       // its server does not want its link
  bool wifi_is_up = false;      // whose driver wakes the chip for beacons; to find a network takes it awake
  bool modem_is_off = false;    // what comes over its serial line in a doze is lost
  bool portal_is_open = false;  // the same holds for an access point's guests
  bool light_blinks = false;
  bool woke_from_sleep = false;
  std::int64_t up_ms = 0;    // since the start
  std::int64_t wait_ms = 0;  // until the agent has something to do; 0: it is at work
};

// Milliseconds for which it may doze; 0: it stays awake.
constexpr std::int64_t doze_ms(const DozeView& view) {
  if (!view.may_sleep || !view.wifi_is_up || !view.modem_is_off) return 0;
  if (view.portal_is_open || view.light_blinks) return 0;
  // Somebody may be at the board, whose serial line is deaf in a doze.
  if (!view.woke_from_sleep && view.up_ms < awake_after_start_ms) return 0;
  return view.wait_ms < least_doze_ms ? 0 : view.wait_ms;
}

}  // namespace heliograph::firmware
