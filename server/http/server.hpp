// The listener and its sessions.
#pragma once

#include "server/base/log.hpp"
#include "server/base/time.hpp"
#include "server/http/address.hpp"
#include "server/http/http.hpp"
#include "server/http/limits.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace heliograph::http {

struct TlsFiles {
  std::string certificate;  // PEM, the whole chain
  std::string key;          // PEM
  // Neither need be there at the start: until then a certificate of our own making is shown, which nobody
  // trusts.
  bool may_come_later = false;
};

struct Certificate {
  Timestamp begins;
  Timestamp ends;
};

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  // 0: any free one
  std::optional<TlsFiles> tls;
  Limits limits;
  // Whoever comes from these addresses says for whom (forwarded.hpp), and takes nobody's share of
  // connections.
  std::vector<Network> trusted_proxies;
  // Every connection comes from one of them and begins with a header of the PROXY protocol
  // (proxy_protocol.hpp), before TLS; anything else is closed.
  bool proxy_protocol = false;
};

// One more address that the same server answers at, without TLS and with routes of its own.
struct PlainDoor {
  std::string address;
  std::uint16_t port = 0;  // 0: any free one
  bool proxy_protocol = false;
  std::vector<Route> routes;
};

struct ServerStats {  // what has happened so far, and what is open now
  std::uint64_t connections_accepted = 0;
  std::uint64_t connections_open = 0;
  std::uint64_t connections_refused = 0;  // their address had its share
  std::uint64_t requests = 0;
  std::uint64_t responses_2xx = 0, responses_3xx = 0, responses_4xx = 0, responses_5xx = 0;
  std::uint64_t timeouts = 0;
};

// Runs its own net thread. Built, started and stopped by one other thread (main).
class Server {
 public:
  // `routes` is fixed for life.
  Server(ServerOptions options, std::vector<Route> routes, const Clock& clock, Log& log);
  ~Server();

  // Binds and starts to serve. unavailable with a helpful sentence when the port is taken or the address is
  // not ours, bad_request when the certificate or key cannot be used. Returns the port. Changes two things of
  // the whole process: SIGPIPE is ignored, because sendfile and OpenSSL raise it when a reader is gone and
  // neither can be told not to; and the soft limit of open files is raised to what Limits::connections needs.
  Result<std::uint16_t> start();

  // Only a started server, by the thread that owns it; it is closed with the server. Returns its port; errors
  // as of start().
  Result<std::uint16_t> open_plain(PlainDoor door);

  // Reads certificate and key anew, for the handshakes that follow: no connection is dropped, and whoever
  // comes back with a ticket need not shake hands in full. bad_request when they cannot be used (a renewal
  // that has written one of the two, for example): then everything stays as it was. Only a started server
  // with TLS; called by the thread that owns it.
  Result<Certificate> reload_tls();
  // The one in use; none without TLS. Any thread.
  std::optional<Certificate> certificate() const;

  // Accepts nobody new, lets requests in hand finish, closes idle connections and streams at once, and
  // everything that is left after `grace`: whatever a handler or a stream's producer awaits then throws
  // operation_aborted, which they let pass. Returns when the net thread has ended. Idempotent.
  void stop(std::chrono::milliseconds grace);

  // Runs `task` on the net thread. Any thread. Tasks posted after stop() are dropped.
  void post(std::function<void()> task);

  ServerStats stats() const;  // any thread

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace heliograph::http
