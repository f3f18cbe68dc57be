// Decides over which network a board speaks, and what is done when nobody is reached for long. Pure.
#pragma once

#include <cstdint>

namespace heliograph::firmware {

// Wi-Fi may be away for so long before the modem is asked, milliseconds: a router's restart and a provider's
// night are shorter, and the modem's data is paid for.
inline constexpr std::int64_t usual_wifi_patience_ms = 1'800'000;
// Wi-Fi that is back has to hold for so long before the modem is given up, milliseconds.
inline constexpr std::int64_t wifi_proof_ms = 60'000;
// A board that has browned out rests for so long, milliseconds: no modem, little radio power.
inline constexpr std::int64_t low_load_ms = 60'000;

struct LinkView {
  bool has_wifi = false;  // somebody has entered a network
  bool has_modem = false;
  bool wifi_up = false;       // has an address
  bool modem_spared = false;  // its data is used up
  bool low_load = false;      // after a brownout
};

struct LinkWish {
  bool wifi = false;
  bool modem = false;
  // Traffic goes over the modem while both are up.
  bool prefer_modem = false;

  friend bool operator==(const LinkWish& a, const LinkWish& b) {
    return a.wifi == b.wifi && a.modem == b.modem && a.prefer_modem == b.prefer_modem;
  }
};

// Wi-Fi first, where there is any; the modem when that has been away for too long, and until it has held.
class UplinkChoice {
 public:
  // `now_ms`: it counts from here on.
  UplinkChoice(std::int64_t now_ms, std::int64_t wifi_patience_ms)
      : patience_ms_(wifi_patience_ms), wifi_missed_since_ms_(now_ms) {}

  LinkWish next(const LinkView& view, std::int64_t now_ms);
  // The server answered over Wi-Fi.
  void answered_over_wifi(std::int64_t now_ms);

 private:
  const std::int64_t patience_ms_;
  std::int64_t wifi_missed_since_ms_;  // it has not proven itself since
  std::int64_t wifi_up_since_ms_ = -1;
  bool on_modem_ = false;
};

enum class OutageStep { none, restart_links, cycle_modem, restart_board };

// Nobody has answered for so long at least, milliseconds, before anything drastic is done …
inline constexpr std::int64_t min_outage_ms = 6 * std::int64_t{3'600'000};
// … or so many pictures' intervals, if that is longer.
inline constexpr int outage_intervals = 20;
// Between the steps of one outage, milliseconds.
inline constexpr std::int64_t outage_step_ms = 1'800'000;
// A restart that did not help is repeated after twice the time, up to so long, milliseconds.
inline constexpr std::int64_t max_outage_ms = 48 * std::int64_t{3'600'000};

// The last resort of a board that reaches nobody: links anew, modem anew, board anew, in this order, each
// once, and each round twice as patient as the one before.
class Outage {
 public:
  // `restarts`: how often it has restarted the board in this outage, kept over that.
  Outage(std::int64_t now_ms, std::int64_t interval_ms, std::uint32_t restarts);

  void answered(std::int64_t now_ms);
  // What is to be done now, once.
  OutageStep next(std::int64_t now_ms);
  std::uint32_t restarts() const { return restarts_; }

 private:
  std::int64_t patience_ms() const;

  const std::int64_t first_patience_ms_;
  std::int64_t since_ms_;
  int steps_ = 0;
  std::uint32_t restarts_;
};

// What takes much current when it is started.
enum class Load { radio, modem };

// Between the end of one start and the next, milliseconds: the supply's capacitors fill again.
inline constexpr std::int64_t load_gap_ms = 500;

// Lets one at a time start: modem, card and radio together are what boards brown out from. The card is
// mounted before either, and again only while neither starts.
class Stagger {
 public:
  // True: it may start now, and ended() is due. False: ask again.
  bool begin(Load load, std::int64_t now_ms);
  void ended(Load load, std::int64_t now_ms);
  bool busy() const { return busy_; }

 private:
  bool busy_ = false;
  Load starting_ = Load::radio;
  std::int64_t free_from_ms_ = 0;
};

}  // namespace heliograph::firmware
