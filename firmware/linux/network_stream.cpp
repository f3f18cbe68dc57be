#include "firmware/linux/network_stream.hpp"

#include <algorithm>
#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <system_error>

#include <openssl/err.h>
#include <openssl/x509v3.h>

namespace heliograph::firmware {

namespace {

std::string errno_text(int value) {
  return std::generic_category().message(value);
}

// Names the server in the handshake and asks that its certificate be for that name. An IP address is not a
// name (SNI forbids it), but certificates can be for one.
bool expect_host(SSL* tls, const std::string& host) {
  X509_VERIFY_PARAM* rules = SSL_get0_param(tls);
  if (X509_VERIFY_PARAM_set1_ip_asc(rules, host.c_str()) == 1) return true;
  return SSL_set_tlsext_host_name(tls, host.c_str()) == 1 &&
         X509_VERIFY_PARAM_set1_host(rules, host.data(), host.size());
}

}  // namespace

NetworkStream::NetworkStream(const Clock& clock, const TlsContext& tls, int cancel)
    : clock_(clock), tls_context_(tls), cancel_(cancel), wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

IoStatus NetworkStream::connect(const Address& address, std::int64_t deadline_ms) {
  close();
  eventfd_t woken = 0;  // it was meant for the connection before
  eventfd_read(wake_.get(), &woken);
  const std::string host(address.host);
  const Resolved resolved =
      resolver_.resolve(host, address.port, deadline_ms - clock_.mono_ms(), [this] { return cancelled(); });
  if (resolved.addresses.empty()) return fail(host + ": " + resolved.error);

  IoStatus status = IoStatus::failed;
  for (std::size_t i = 0; i < resolved.addresses.size(); ++i) {
    const bool last = i + 1 == resolved.addresses.size();
    status = connect_to(resolved.addresses[i],
                        last ? deadline_ms : std::min(deadline_ms, clock_.mono_ms() + address_limit_ms));
    if (status == IoStatus::ok || clock_.mono_ms() >= deadline_ms || cancelled()) break;
  }
  if (status == IoStatus::ok && address.tls) status = shake_hands(host, deadline_ms);
  if (status != IoStatus::ok) close();
  return status;
}

IoStatus NetworkStream::connect_to(const SocketAddress& address, std::int64_t deadline_ms) {
  socket_ = FileDescriptor(
      ::socket(address.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP));
  if (!socket_) return fail(errno_text(errno));
  const int on = 1;
  // Slices are written as they come; waiting to fill a packet (Nagle) would add a round trip to the last one.
  setsockopt(socket_.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (::connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address.storage), address.size) == 0) {
    return IoStatus::ok;
  }
  if (errno != EINPROGRESS) return fail(errno_text(errno));
  const IoStatus status = wait(POLLOUT, deadline_ms);
  if (status != IoStatus::ok) return status;
  int error = 0;
  socklen_t size = sizeof error;
  getsockopt(socket_.get(), SOL_SOCKET, SO_ERROR, &error, &size);
  return error == 0 ? IoStatus::ok : fail(errno_text(error));
}

IoStatus NetworkStream::shake_hands(const std::string& host, std::int64_t deadline_ms) {
  tls_.reset(SSL_new(tls_context_.get().get()));  // which keeps what it began with
  if (!tls_ || SSL_set_fd(tls_.get(), socket_.get()) != 1 || !expect_host(tls_.get(), host)) {
    return fail("OpenSSL cannot open a connection");
  }
  return transfer_tls(deadline_ms, Wakeable::no, [this] { return SSL_connect(tls_.get()); }).status;
}

IoResult NetworkStream::read_some(char* out, std::size_t capacity, std::int64_t deadline_ms) {
  if (!socket_) return {fail("not connected"), 0};
  if (tls_) {
    return transfer_tls(deadline_ms, Wakeable::yes,
                        [=] { return SSL_read(tls_.get(), out, static_cast<int>(capacity)); });
  }
  return transfer(POLLIN, deadline_ms, Wakeable::yes,
                  [=] { return ::recv(socket_.get(), out, capacity, 0); });
}

IoResult NetworkStream::write_some(const char* data, std::size_t size, std::int64_t deadline_ms) {
  if (!socket_) return {fail("not connected"), 0};
  if (tls_) {
    return transfer_tls(deadline_ms, Wakeable::no,
                        [=] { return SSL_write(tls_.get(), data, static_cast<int>(size)); });
  }
  return transfer(POLLOUT, deadline_ms, Wakeable::no,
                  [=] { return ::send(socket_.get(), data, size, MSG_NOSIGNAL); });
}

// Tries first and waits then: usually the bytes are there.
template <class Operation>
IoResult NetworkStream::transfer(short events, std::int64_t deadline_ms, Wakeable wakeable,
                                 Operation operation) {
  for (;;) {
    const ssize_t moved = operation();
    if (moved > 0) return {IoStatus::ok, static_cast<std::size_t>(moved)};
    if (moved == 0) return {IoStatus::closed, 0};
    if (errno != EAGAIN && errno != EINTR) return {fail(errno_text(errno)), 0};
    const IoStatus status = wait(events, deadline_ms, wakeable);
    if (status != IoStatus::ok) return {status, 0};
  }
}

template <class Operation>
IoResult NetworkStream::transfer_tls(std::int64_t deadline_ms, Wakeable wakeable, Operation operation) {
  for (;;) {
    ERR_clear_error();
    const int moved = operation();
    if (moved > 0) return {IoStatus::ok, static_cast<std::size_t>(moved)};
    const int reason = SSL_get_error(tls_.get(), moved);
    if (reason == SSL_ERROR_ZERO_RETURN) return {IoStatus::closed, 0};
    // TLS may have to read in order to write, and the other way round.
    if (reason != SSL_ERROR_WANT_READ && reason != SSL_ERROR_WANT_WRITE) return {fail_tls(reason), 0};
    const IoStatus status = wait(reason == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT, deadline_ms, wakeable);
    if (status != IoStatus::ok) return {status, 0};
  }
}

void NetworkStream::close() {
  // Says goodbye when that takes no time; a session that ended in order can be trusted to have ended.
  if (tls_ && SSL_is_init_finished(tls_.get())) SSL_shutdown(tls_.get());
  ERR_clear_error();
  tls_.reset();
  socket_ = FileDescriptor();
}

void NetworkStream::wake() {
  eventfd_write(wake_.get(), 1);
}

IoStatus NetworkStream::wait(short events, std::int64_t deadline_ms, Wakeable wakeable) {
  const int woken_by = wakeable == Wakeable::yes ? wake_.get() : -1;  // poll() skips a descriptor of -1
  pollfd polled[] = {{socket_.get(), events, 0}, {cancel_, POLLIN, 0}, {woken_by, POLLIN, 0}};
  for (;;) {
    const std::int64_t left_ms = std::max<std::int64_t>(0, deadline_ms - clock_.mono_ms());
    const int ready = ::poll(polled, 3, static_cast<int>(std::min<std::int64_t>(left_ms, 60'000)));
    if (ready < 0 && errno != EINTR) return fail(errno_text(errno));
    if (ready > 0 && polled[1].revents != 0) return fail("stopped");
    if (ready > 0 && polled[0].revents != 0) return IoStatus::ok;
    eventfd_t woken = 0;
    if (ready > 0 && eventfd_read(wake_.get(), &woken) == 0) {
      error_ = "woken";
      return IoStatus::timeout;
    }
    if (clock_.mono_ms() >= deadline_ms) {
      error_ = "no answer in time";
      return IoStatus::timeout;
    }
  }
}

IoStatus NetworkStream::fail(std::string error) {
  error_ = std::move(error);
  return IoStatus::failed;
}

IoStatus NetworkStream::fail_tls(int ssl_error) {
  const int errno_value = errno;
  const long verdict = SSL_get_verify_result(tls_.get());
  if (!SSL_is_init_finished(tls_.get()) && verdict != X509_V_OK) {
    return fail(std::string("the server's certificate is not trusted: ") +
                X509_verify_cert_error_string(verdict));
  }
  const unsigned long code = ERR_peek_last_error();
  if (code != 0) {
    const char* reason = ERR_reason_error_string(code);
    return fail(std::string("TLS: ") + (reason != nullptr ? reason : "protocol error"));
  }
  return fail(ssl_error == SSL_ERROR_SYSCALL && errno_value != 0 ? errno_text(errno_value)
                                                                 : "the connection broke");
}

bool NetworkStream::cancelled() const {
  pollfd polled{cancel_, POLLIN, 0};
  return ::poll(&polled, 1, 0) > 0;
}

}  // namespace heliograph::firmware
