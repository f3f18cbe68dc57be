#include "server/http/server.hpp"

#include "server/http/by_address.hpp"
#include "server/http/context.hpp"
#include "server/http/head.hpp"
#include "server/http/listener.hpp"
#include "server/http/response.hpp"
#include "server/http/session.hpp"
#include "server/http/tls.hpp"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <exception>
#include <list>
#include <pthread.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <thread>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

namespace heliograph::http {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

// Open files besides connections: images on their way to disk and to readers, databases, logs.
constexpr std::size_t other_files = 512;
// After a failed accept (no descriptors left, as a rule), so that the loop does not spin.
constexpr auto accept_pause = 100ms;
// Who was refused for his address comes back when idle connections of it may have ended.
constexpr std::chrono::seconds refused_for{60};

// None: it is gone already.
std::optional<AddressBytes> peer_of(const Socket& socket) {
  boost::system::error_code ec;
  const asio::ip::address address = socket.remote_endpoint(ec).address();
  if (ec) return std::nullopt;
  return address.is_v6() ? address.to_v6().to_bytes() : from_ipv4(address.to_v4().to_bytes());
}

// Raises the process's limit of open files as far as it may and needs to be; returns how many connections fit
// in.
std::size_t make_room_for(std::size_t connections) {
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) != 0) return connections;
  const rlim_t wanted = connections + other_files;
  if (files.rlim_cur < wanted) {
    files.rlim_cur = std::min<rlim_t>(wanted, files.rlim_max);
    ::setrlimit(RLIMIT_NOFILE,
                &files);  // lowering the hard limit is not asked for, so this cannot be refused
  }
  if (files.rlim_cur >= wanted) return connections;
  return files.rlim_cur > 2 * other_files ? files.rlim_cur - other_files : files.rlim_cur / 2;
}

}  // namespace

// Everything here belongs to the net thread, once it runs.
struct Server::Impl {
  Impl(ServerOptions server_options, std::vector<Route> routes, const Clock& clock, Log& log)
      : tickets(clock.steady()), context(std::move(server_options), clock, log) {
    entrances.emplace_back(std::move(routes), options.proxy_protocol, /*tls=*/true, Acceptor(io));
  }

  // An address that is listened at.
  struct Entrance {
    Entrance(std::vector<Route> routes, bool proxy_protocol, bool may_have_tls, Acceptor listening)
        : door{std::move(routes), proxy_protocol}, tls(may_have_tls), acceptor(std::move(listening)) {}

    const Door door;
    const bool tls;  // what the server has of it
    Acceptor acceptor;
  };

  void run();
  Task<void> accept_connections(Entrance& entrance);
  Task<void> sweep();
  void open_session(const Entrance& entrance, Socket socket, const AddressBytes& peer,
                    std::optional<AddressBytes> counted);
  void close_session(std::list<Session>::iterator session, const std::exception_ptr& fault);
  void take_or_refuse(const Entrance& entrance, Socket socket);
  void refuse(const Entrance& entrance, Socket& socket);
  TlsContext tls_at(const Entrance& entrance) const { return entrance.tls ? tls.load() : nullptr; }
  void begin_stop(std::chrono::milliseconds grace);
  bool is_over() const { return context.stopping && sessions.empty(); }
  void end_if_over();

  TicketKeys tickets;      // destroyed last, as connections use it until their end
  asio::io_context io{1};  // one thread runs it. Destroyed behind all others: sockets and timers live in it
  Context context;
  const ServerOptions& options = context.options;
  std::atomic<TlsContext> tls;  // null: plain. Exchanged by reload_tls()
  std::size_t most_connections = 0;
  std::optional<ConnectionsByAddress> by_address;
  std::list<Entrance> entrances;
  std::list<Session> sessions;
  asio::steady_timer room{io, asio::steady_timer::time_point::max()};  // cancelled when a connection ends
  asio::steady_timer tick{io};                                         // of the sweeper
  asio::steady_timer patience{io};                                     // while stopping
  std::atomic<bool> stopped = false;                                   // any thread
  std::thread thread;
};

Server::Server(ServerOptions options, std::vector<Route> routes, const Clock& clock, Log& log)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(routes), clock, log)) {}

Server::~Server() {
  stop(0ms);
}

Result<std::uint16_t> Server::start() {
  std::signal(SIGPIPE, SIG_IGN);
  const ServerOptions& options = impl_->options;
  if (options.tls) {
    const Result<TlsContext> loaded = load_tls(*options.tls, impl_->tickets);
    if (!loaded) return loaded.error();
    impl_->tls = *loaded;
  }
  Result<Acceptor> acceptor = listen_on(impl_->io, options.address, options.port);
  if (!acceptor) return acceptor.error();
  const std::uint16_t port = acceptor->local_endpoint().port();
  Impl::Entrance& entrance = impl_->entrances.front();
  entrance.acceptor = std::move(*acceptor);
  impl_->most_connections = make_room_for(options.limits.connections);
  impl_->by_address.emplace(options.limits.connections_per_address.value_or(impl_->most_connections / 2));
  asio::co_spawn(impl_->io, impl_->accept_connections(entrance), asio::detached);
  asio::co_spawn(impl_->io, impl_->sweep(), asio::detached);
  impl_->thread = std::thread([impl = impl_.get()] { impl->run(); });
  return port;
}

Result<std::uint16_t> Server::open_plain(PlainDoor door) {
  Result<Acceptor> acceptor = listen_on(impl_->io, door.address, door.port);
  if (!acceptor) return acceptor.error();
  const std::uint16_t port = acceptor->local_endpoint().port();
  auto entrance = std::make_shared<std::list<Impl::Entrance>>();
  entrance->emplace_back(std::move(door.routes), door.proxy_protocol, /*may_have_tls=*/false,
                         std::move(*acceptor));
  asio::post(impl_->io, [impl = impl_.get(), entrance] {
    impl->entrances.splice(impl->entrances.end(), *entrance);
    asio::co_spawn(impl->io, impl->accept_connections(impl->entrances.back()), asio::detached);
  });
  return port;
}

Result<Certificate> Server::reload_tls() {
  // Who replaces a file may take it away first: that is no reason to show one of our own.
  TlsFiles files = *impl_->options.tls;
  files.may_come_later = false;
  const Result<TlsContext> loaded = load_tls(files, impl_->tickets);
  if (!loaded) return loaded.error();
  const Result<Certificate> certificate = certificate_of(*loaded);
  if (!certificate) return certificate.error();
  impl_->tls = *loaded;
  return certificate;
}

std::optional<Certificate> Server::certificate() const {
  const TlsContext tls = impl_->tls;
  if (!tls) return std::nullopt;
  const Result<Certificate> certificate = certificate_of(tls);
  return certificate ? std::optional(*certificate) : std::nullopt;
}

void Server::stop(std::chrono::milliseconds grace) {
  if (!impl_->thread.joinable()) return;
  impl_->stopped = true;
  asio::post(impl_->io, [impl = impl_.get(), grace] { impl->begin_stop(grace); });
  impl_->thread.join();
}

void Server::post(std::function<void()> task) {
  if (!impl_->stopped) asio::post(impl_->io, std::move(task));
}

ServerStats Server::stats() const {
  return impl_->context.counters.read();
}

void Server::Impl::run() {
  pthread_setname_np(pthread_self(), "net");
  for (;;) {
    try {
      io.run();
      return;
    } catch (const std::exception& exception) {  // from a posted task: sessions keep their own
      context.log.error("a task on the net thread threw", {{"error", exception.what()}});
    }
  }
}

Task<void> Server::Impl::accept_connections(Entrance& entrance) {
  bool failing = false;  // said once, not ten times a second
  while (!context.stopping) {
    if (sessions.size() >= most_connections) {
      co_await room.async_wait(asio::as_tuple(asio::deferred));
      continue;
    }
    auto [error, socket] = co_await entrance.acceptor.async_accept(asio::as_tuple(asio::deferred));
    if (!error) {
      take_or_refuse(entrance, std::move(socket));
      failing = false;
    } else if (!context.stopping && error != asio::error::connection_aborted) {
      if (!std::exchange(failing, true)) {
        context.log.warning("connections cannot be accepted for now", {{"error", error.message()}});
      }
      asio::steady_timer pause(io, accept_pause);
      co_await pause.async_wait(asio::as_tuple(asio::deferred));
    }
  }
}

Task<void> Server::Impl::sweep() {
  while (!is_over()) {
    tick.expires_after(options.limits.sweep_period);
    co_await tick.async_wait(asio::as_tuple(asio::deferred));
    const SteadyTime now = context.clock.steady();
    tickets.rotate(now);
    for (Session& session : sessions) session.expire(now);
  }
}

void Server::Impl::take_or_refuse(const Entrance& entrance, Socket socket) {
  ++context.counters.connections_accepted;
  const auto peer = peer_of(socket);
  if (!peer) return;
  // A proxy comes for everybody.
  const bool proxy = is_in(options.trusted_proxies, *peer);
  if (entrance.door.proxy_protocol && !proxy) {
    context.log.debug("a connection from no trusted proxy was closed", {{"peer", to_text(*peer)}});
    return;
  }
  const auto counted = proxy ? std::nullopt : counted_for(*peer);
  if (counted && !by_address->enter(*counted)) return refuse(entrance, socket);
  open_session(entrance, std::move(socket), *peer, counted);
}

// Costs a packet and no session: what does not go out at once is not sent, and nothing is waited for. Whoever
// speaks plain HTTP so hears why, as a rule; with TLS there is nobody yet to tell it to. A camera that hears
// nothing takes it for a server that is away, and comes back later, which is what it should do.
void Server::Impl::refuse(const Entrance& entrance, Socket& socket) {
  ++context.counters.connections_refused;
  if (tls_at(entrance)) return;
  const Response response =
      problem_response({ErrorKind::too_many, "your address has too many connections open", refused_for});
  const auto& body = std::get<std::string>(response.body);
  HeadFacts facts;
  facts.status = response.status;
  facts.length = body.size();
  facts.close = true;
  facts.date = context.date();
  facts.retry_after = told_retry_after(response, context.chance());
  const std::string text = response_head(response, facts) + body;
  ::send(socket.native_handle(), text.data(), text.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  ::shutdown(socket.native_handle(), SHUT_WR);
  // A close with unread bytes is a reset, which can overtake the answer.
  ::recv(socket.native_handle(), context.scratch().data(), context.scratch().size(), MSG_DONTWAIT);
}

void Server::Impl::open_session(const Entrance& entrance, Socket socket, const AddressBytes& peer,
                                std::optional<AddressBytes> counted) {
  const auto session = sessions.emplace(sessions.end(), context, entrance.door, std::move(socket),
                                        tls_at(entrance).get(), peer);
  ++context.counters.connections_open;
  // Closed by a task of its own: the coroutine that calls this back still stands in the session.
  const auto ended = [this, session, counted](const std::exception_ptr& fault) {
    asio::post(io, [this, session, counted, fault] {
      if (counted) by_address->leave(*counted);
      close_session(session, fault);
    });
  };
  asio::co_spawn(io, session->run(), asio::bind_cancellation_slot(session->slot(), ended));
}

void Server::Impl::close_session(std::list<Session>::iterator session, const std::exception_ptr& fault) {
  try {
    if (fault && !session->aborted()) std::rethrow_exception(fault);
  } catch (const std::exception& exception) {
    context.log.error("a connection ended by a fault", {{"error", exception.what()}});
  }
  sessions.erase(session);
  --context.counters.connections_open;
  room.cancel();
  end_if_over();
}

void Server::Impl::begin_stop(std::chrono::milliseconds grace) {
  context.stopping = true;
  boost::system::error_code ignored;
  for (Entrance& entrance : entrances) entrance.acceptor.close(ignored);
  room.cancel();
  for (Session& session : sessions) session.stop();
  patience.expires_after(grace);
  patience.async_wait([this](boost::system::error_code cancelled) {
    if (cancelled) return;
    for (Session& session : sessions) session.abort();
  });
  end_if_over();
}

// The net thread ends when nothing is left for it to wait for.
void Server::Impl::end_if_over() {
  if (!is_over()) return;
  tick.cancel();
  patience.cancel();
}

}  // namespace heliograph::http
