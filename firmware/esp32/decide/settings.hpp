// What a board was told by the person who set it up: its network, its server, its SIM card. Pure: values, and
// their form in flash. What the server tells it (intervals, pictures) is not here, but in the core's state.
#pragma once

#include "firmware/core/text.hpp"
#include "firmware/core/upload_request.hpp"

#include <cstdint>
#include <string_view>

namespace heliograph::firmware {

// A new network is given up when the server was not reached over it for so long, milliseconds: the person who
// entered it is still there to see it, and the old one may be gone soon.
inline constexpr std::int64_t wifi_trial_ms = 180'000;

// Bytes: IEEE 802.11 says 32; a passphrase has 63, a key in hexadecimal 64.
struct WifiAccess {
  Text<32> name;
  Text<64> password;

  bool empty() const { return name.empty(); }
};
// Whether a network can have this name and password; control characters are refused, since nobody can type
// them.
bool wifi_access_valid(std::string_view name, std::string_view password);

struct ServerAddress {
  Text<max_host_length> host;
  std::uint16_t port = 443;
  bool tls = true;
  Text<max_base_path_length> base_path;  // "" or "/cameras"

  bool empty() const { return host.empty(); }
};
// Of "https://photos.example.org", "http://192.0.2.10:8080/cameras" and the like; "photos.example.org" alone
// is https. False, and nothing is changed, when it is none.
bool read_server_address(std::string_view text, ServerAddress& address);

struct Settings {
  WifiAccess wifi;                // empty: none was entered
  WifiAccess wifi_before;         // while `wifi` is on trial; empty: it is not
  std::uint32_t wifi_starts = 0;  // of the board, during the trial
  ServerAddress server;           // empty: it stands alone
  Text<max_key_length> key;       // the camera's own
  bool claimed = false;           // the server knows the key
  Text<64> apn;                   // of the SIM card; empty: the network knows
  Text<8> pin;                    // of the same; empty: it wants none
};

// Bytes of the form in flash: every text at its longest, and the names.
inline constexpr std::size_t max_settings_text = 1408;
using BoardSettingsText = Text<max_settings_text>;

// Lines "name value". Unknown names are passed over: the program may be older than the one that wrote it.
void write_settings(const Settings& settings, BoardSettingsText& text);
// False, and nothing is changed, when it is no such text.
bool read_board_settings(std::string_view text, Settings& settings);

// Another network: on trial, when there is one to go back to.
void propose_wifi(Settings& settings, const WifiAccess& access);
// The server was reached over it.
void keep_wifi(Settings& settings);
// It was not: the one before holds again.
void revert_wifi(Settings& settings);

}  // namespace heliograph::firmware
