// The portal's name server: leads every name to the board, so that a phone opens its page by itself.
#pragma once

#include "firmware/esp32/decide/captive_dns.hpp"

namespace heliograph::firmware {

// The supervisor's task, which has more to do: nothing here waits.
class NameServer {
 public:
  NameServer() = default;
  NameServer(const NameServer&) = delete;
  NameServer& operator=(const NameServer&) = delete;
  ~NameServer() { close(); }

  // On all addresses of the board. `port`: 53, but for tests. False: the port is taken.
  bool open(std::uint16_t port = 53);
  void close();
  // Answers what has come.
  void answer_all();

 private:
  int socket_ = -1;
};

}  // namespace heliograph::firmware
