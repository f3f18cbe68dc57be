// What a board calls itself, and its own network's password.
#pragma once

#include "firmware/core/platform/random.hpp"
#include "firmware/core/text.hpp"
#include "firmware/esp32/port/nvs_values.hpp"

#include <cstdint>
#include <esp_mac.h>

namespace heliograph::firmware {

using NetworkName = Text<32>;
using NetworkPassword = Text<12>;

// "heliograph-a1b2c3", by the chip's own number.
inline NetworkName network_name() {
  constexpr std::string_view hex = "0123456789abcdef";
  std::uint8_t mac[6] = {};
  esp_read_mac(mac, ESP_MAC_WIFI_STA);
  NetworkName name(std::string_view("heliograph-"));
  for (const std::uint8_t byte : {mac[3], mac[4], mac[5]}) name.append(hex[byte >> 4]).append(hex[byte & 15]);
  return name;
}

// Drawn once, kept for ever, and shown on the serial line. Without the letters that are taken for others.
inline NetworkPassword network_password(Random& random) {
  constexpr std::string_view letters = "abcdefghjkmnpqrstuvwxyz23456789a";
  static_assert(letters.size() == 32);
  NvsValues values("portal");
  char kept[NetworkPassword::max_size];
  if (const auto found = values.load("password", kept, sizeof kept)) return NetworkPassword(*found);
  NetworkPassword password;
  while (password.view().size() < NetworkPassword::max_size) password.append(letters[random.next() % 32]);
  values.save("password", password.view());
  return password;
}

}  // namespace heliograph::firmware
