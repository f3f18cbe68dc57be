// Names to addresses, with a deadline. getaddrinfo() has none: with two silent name servers it takes half a
// minute.
#pragma once

#include <cstdint>
#include <functional>
#include <future>
#include <netdb.h>
#include <optional>
#include <string>
#include <vector>

namespace heliograph::firmware {

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;
};

struct Resolved {
  std::vector<SocketAddress> addresses;  // in the order in which to try them
  std::string error;                     // why there are none
};

// One thread.
class Resolver {
 public:
  // Waits at most `timeout_ms`, and not once `cancelled` says so (asked every 100 ms). A lookup that was
  // still running is kept: the next call for the same name waits for that one, so a silent name server is
  // asked once.
  Resolved resolve(const std::string& host, std::uint16_t port, std::int64_t timeout_ms,
                   const std::function<bool()>& cancelled);

 private:
  struct Lookup {
    std::string host;
    std::uint16_t port;
    std::future<Resolved> result;
  };

  std::optional<Lookup> running_;
};

}  // namespace heliograph::firmware
