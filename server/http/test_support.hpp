// For tests that speak to a real server over a real socket, byte by byte.
#pragma once

#include "server/base/log.hpp"
#include "server/base/time.hpp"
#include "server/http/server.hpp"
#include "tests/support/temporary_directory.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

struct ssl_st;
struct ssl_ctx_st;

namespace heliograph::http::testing {

// A self-signed certificate for 127.0.0.1 and its key.
TlsFiles make_certificate(const TemporaryDirectory& directory);

struct Reply {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
  std::string body;
  bool whole = false;  // the body ended as the header said it would

  std::string header(std::string_view name) const;  // "" when missing
};

// One connection. Every read gives up after ten seconds.
class Client {
 public:
  // `receive_buffer_bytes` 0: as the system likes. A small one makes a slow reader.
  Client(std::uint16_t port, bool tls, int receive_buffer_bytes = 0);

  // What a client without TLS does later.
  void start_tls();

  // False when the server is gone.
  bool send(std::string_view bytes);
  // "" at the end of the connection (or its reset: see was_reset).
  std::string read_some();
  // Everything until the end.
  std::string read_all();
  // The next answer; status 0 when the connection ended before it. `to_head`: there is no body, whatever the
  // header says.
  Reply read_reply(bool to_head = false);
  // Sends and reads.
  Reply ask(std::string_view bytes);

  bool was_reset() const { return reset_; }
  // Says nothing more, but listens on.
  void half_close();
  // Drops the connection so that the server gets a reset.
  void reset();

 private:
  struct Socket {
    int number = -1;

    Socket() = default;
    Socket(Socket&& other) noexcept : number(std::exchange(other.number, -1)) {}
    ~Socket();
  };
  struct FreeTls {
    void operator()(ssl_st* tls) const;
    void operator()(ssl_ctx_st* context) const;
  };
  bool fill();
  std::string take_line();

  Socket socket_;
  std::unique_ptr<ssl_ctx_st, FreeTls> context_;
  std::unique_ptr<ssl_st, FreeTls> tls_;
  std::string received_;
  bool reset_ = false;
};

// A server on a free port, with a log that stays silent.
class TestServer {
 public:
  explicit TestServer(std::vector<Route> routes, Limits limits = {},
                      std::optional<TlsFiles> tls = std::nullopt, std::vector<Network> trusted_proxies = {},
                      bool proxy_protocol = false);
  ~TestServer() { server.stop(std::chrono::seconds(5)); }

  Client connect(int receive_buffer_bytes = 0) const { return Client(port, tls_, receive_buffer_bytes); }

 private:
  SystemClock clock_;
  Log log_{LogFormat::text, LogLevel::error};
  const bool tls_;

 public:
  Server server;
  std::uint16_t port = 0;
};

// Waits up to ten seconds for `happened`; the server's thread works on while we look.
template <class Predicate>
bool eventually(Predicate happened) {
  for (int i = 0; i < 1000; ++i) {
    if (happened()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

}  // namespace heliograph::http::testing
