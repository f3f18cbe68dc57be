// The fake board's Wi-Fi, its pins and its modem: they do what a test says, and remember what was asked of
// them.
#pragma once

#include <array>
#include <cstdint>
#include <esp_event.h>
#include <string>
#include <vector>

namespace heliograph::fake_idf {

// Says to whoever has registered for it that something happened.
void post(esp_event_base_t base, std::int32_t id, void* data = nullptr);

struct Radio {
  bool lets_in = true;         // an attempt brings an address
  std::uint8_t refusal = 201;  // the reason, when it does not
  bool has_address = false;
  std::string name, password;  // of the last attempt
  int attempts = 0, full_scans = 0, starts = 0, disconnects = 0;
  std::int8_t power = 0;  // quarters of a dBm
  bool is_on = false;
  bool has_guests_network = false;
};

struct ModemWorld {
  bool powered = false;
  bool hung = false;  // it does not answer
  bool has_card = true;
  bool wants_pin = false;
  std::string pin_given;
  bool registered = true;
  bool dials = true;
  int baud = 115'200;  // of its own side
  int board_baud = 115'200;
  bool in_data_mode = false;  // as it was left, perhaps
  std::vector<std::string> asked;
  int objects = 0;  // connections that are alive
};

// Everything as it is when power comes.
void reset_radio();
Radio& radio();
ModemWorld& modem_world();
// Which network traffic takes: "wifi", "ppp".
std::string default_network();
std::array<int, 49>& pin_levels();

}  // namespace heliograph::fake_idf
