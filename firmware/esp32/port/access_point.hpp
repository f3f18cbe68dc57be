// The board's own network, with which it is set up, and which it is when it stands alone.
#pragma once

#include "firmware/core/text.hpp"

#include <esp_netif.h>

namespace heliograph::firmware {

// People who set it up at once, or look at its gallery.
inline constexpr int max_guests = 4;

// The supervisor's task. After WifiStation::open().
class AccessPoint {
 public:
  // `name`: "heliograph-a1b2c3"; `password`: 8 to 63 characters, the board's own.
  AccessPoint(std::string_view name, std::string_view password) : name_(name), password_(password) {}
  AccessPoint(const AccessPoint&) = delete;
  AccessPoint& operator=(const AccessPoint&) = delete;

  // Beside the station. False: the radio does not do it.
  bool open();
  void close();
  bool is_open() const { return open_; }

 private:
  Text<32> name_;
  Text<63> password_;
  esp_netif_t* netif_ = nullptr;
  bool open_ = false;
};

}  // namespace heliograph::firmware
