// What all sessions of one server share. Belongs to the net thread, but for the counters.
#pragma once

#include "server/base/log.hpp"
#include "server/base/time.hpp"
#include "server/http/http.hpp"
#include "server/http/limits.hpp"
#include "server/http/server.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::http {

// Written by the net thread, read by any.
struct Counters {
  using Counter = std::atomic<std::uint64_t>;
  Counter connections_accepted = 0, connections_open = 0, connections_refused = 0, requests = 0, timeouts = 0;
  Counter responses_2xx = 0, responses_3xx = 0, responses_4xx = 0, responses_5xx = 0;

  void count_response(int status);
  ServerStats read() const;
};

// What holds for the connections of one address that is listened at.
struct Door {
  const std::vector<Route> routes;
  const bool proxy_protocol;
};

class Context {
 public:
  Context(ServerOptions options, const Clock& clock, Log& log);

  const ServerOptions options;
  const Limits& limits = options.limits;
  const Clock& clock;
  Log& log;
  Counters counters;
  bool stopping = false;  // requests in hand are the last of their connections

  // One buffer for everything that is on its way through: the net thread does one thing at a time.
  std::span<char> scratch() { return {scratch_.get(), scratch_bytes}; }
  // Now, as HTTP writes it; made once a second.
  std::string_view date();
  // Any number.
  std::uint32_t chance() { return static_cast<std::uint32_t>(dice_()); }

 private:
  // A large read costs one system call; twice a camera's usual picture fits in.
  static constexpr std::size_t scratch_bytes = 256 * 1024;

  const std::unique_ptr<char[]> scratch_;
  std::mt19937 dice_{std::random_device{}()};
  std::string date_;
  std::int64_t date_s_ = 0;
};

}  // namespace heliograph::http
