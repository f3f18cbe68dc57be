#include "firmware/esp32/port/socket_stream.hpp"

#include "firmware/core/link_shed.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <esp_crt_bundle.h>
#include <esp_heap_caps.h>
#include <esp_vfs_eventfd.h>
#include <fcntl.h>
#include <unistd.h>

#include <lwip/sockets.h>

namespace heliograph::firmware {

namespace {

// One select() at most, milliseconds: during a handshake esp_tls does not say what it waits for.
constexpr std::int64_t longest_wait_ms = 1'000;

void set_option(int socket, int level, int option, int value) {
  setsockopt(socket, level, option, &value, sizeof value);
}

// strerror() may give two tasks one buffer.
std::string_view network_error(int error) {
  switch (error) {
    case ECONNREFUSED:
      return "connection refused";
    case ECONNRESET:
    case EPIPE:
      return "the connection broke";
    case EHOSTUNREACH:
    case ENETUNREACH:
      return "there is no way to it";
    case ENOMEM:
    case ENOBUFS:
    case ENFILE:
      return "too little memory for a connection";
    default:
      return "the network failed";
  }
}

// The length of the socket address; 0: it is none.
socklen_t socket_address(const char* text, std::uint16_t port, sockaddr_storage& out) {
  std::memset(&out, 0, sizeof out);
  auto& v4 = reinterpret_cast<sockaddr_in&>(out);
  if (inet_pton(AF_INET, text, &v4.sin_addr) == 1) {
    v4.sin_family = AF_INET;
    v4.sin_port = htons(port);
    return sizeof v4;
  }
  auto& v6 = reinterpret_cast<sockaddr_in6&>(out);
  if (inet_pton(AF_INET6, text, &v6.sin6_addr) != 1) return 0;
  v6.sin6_family = AF_INET6;
  v6.sin6_port = htons(port);
  return sizeof v6;
}

}  // namespace

SocketStream::SocketStream(const Clock& clock, const BoardTrust& trust)
    : clock_(clock), trust_(trust), wake_(eventfd(0, 0)), lookup_(clock) {}

SocketStream::~SocketStream() {
  close();
  ::close(wake_);
}

IoStatus SocketStream::connect(const Address& address, std::int64_t deadline_ms) {
  close();
  take_wake();  // it was meant for the connection before
  AddressText found;
  switch (lookup_.find(address.host, deadline_ms, found)) {
    case NameLookup::Result::found:
      break;
    case NameLookup::Result::no_such_name:
      return fail("there is no such name");
    case NameLookup::Result::timeout:
      fail("nobody knows the name in time");
      return IoStatus::timeout;
  }
  return open(found, address, deadline_ms);
}

// A server whose chain ends at another root than it did is tried with the other kind of trust, on a
// connection of its own: mbedTLS checks against one.
IoStatus SocketStream::open(const AddressText& found, const Address& address, std::int64_t deadline_ms) {
  const int kinds = address.tls ? trust_.count() : 1;
  for (int tried = 1;; ++tried) {
    const int kind = (trusted_last_ + tried - 1) % kinds;
    distrusted_ = false;
    IoStatus status = connect_to(found, address.port, deadline_ms);
    if (status == IoStatus::ok && address.tls) status = shake_hands(address, trust_.at(kind), deadline_ms);
    if (status == IoStatus::ok) {
      trusted_last_ = kind;
      return status;
    }
    close();
    if (!distrusted_ || tried >= kinds) return status;
  }
}

IoStatus SocketStream::connect_to(const AddressText& address, std::uint16_t port, std::int64_t deadline_ms) {
  sockaddr_storage to;
  const socklen_t size = socket_address(address.view().data(), port, to);
  if (size == 0) return fail("no address");
  socket_ = socket(to.ss_family, SOCK_STREAM, IPPROTO_TCP);
  if (socket_ < 0) return fail(network_error(errno));
  fcntl(socket_, F_SETFL, fcntl(socket_, F_GETFL, 0) | O_NONBLOCK);
  // Slices are written as they come; waiting to fill a packet would add a round trip to the last one.
  set_option(socket_, IPPROTO_TCP, TCP_NODELAY, 1);
  set_option(socket_, SOL_SOCKET, SO_KEEPALIVE, 1);
  set_option(socket_, IPPROTO_TCP, TCP_KEEPIDLE, keep_alive_idle_s);
  set_option(socket_, IPPROTO_TCP, TCP_KEEPINTVL, keep_alive_interval_s);
  set_option(socket_, IPPROTO_TCP, TCP_KEEPCNT, keep_alive_count);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&to), size) == 0) return IoStatus::ok;
  if (errno != EINPROGRESS) return fail(network_error(errno));
  const IoStatus status = wait(Until::writable, deadline_ms, Wakeable::no);
  if (status != IoStatus::ok) return status;
  int error = 0;
  socklen_t error_size = sizeof error;
  getsockopt(socket_, SOL_SOCKET, SO_ERROR, &error, &error_size);
  return error == 0 ? IoStatus::ok : fail(network_error(error));
}

IoStatus SocketStream::shake_hands(const Address& address, std::string_view authority,
                                   std::int64_t deadline_ms) {
  if (heap_caps_get_largest_free_block(MALLOC_CAP_INTERNAL | MALLOC_CAP_8BIT) < min_session_block) {
    return fail("too little memory for TLS");
  }
  tls_ = esp_tls_init();
  if (tls_ == nullptr) return fail("too little memory for TLS");
  esp_tls_set_conn_sockfd(tls_, socket_);
  esp_tls_set_conn_state(tls_, ESP_TLS_CONNECTING);
  esp_tls_cfg_t config = {};
  if (authority.empty()) {
    config.crt_bundle_attach = esp_crt_bundle_attach;
  } else {
    config.cacert_buf = reinterpret_cast<const unsigned char*>(authority.data());
    config.cacert_bytes = static_cast<unsigned int>(authority.size());
  }
  for (;;) {
    const int done = esp_tls_conn_new_async(address.host.data(), static_cast<int>(address.host.size()),
                                            address.port, &config, tls_);
    if (done == 1) return IoStatus::ok;
    if (done < 0) return fail_tls();
    const std::int64_t slice_ms = std::min(deadline_ms, clock_.mono_ms() + longest_wait_ms);
    const IoStatus status = wait(Until::readable, slice_ms, Wakeable::no);
    if (status == IoStatus::failed) return status;
    if (clock_.mono_ms() >= deadline_ms) return IoStatus::timeout;
  }
}

IoResult SocketStream::read_some(char* out, std::size_t capacity, std::int64_t deadline_ms) {
  return transfer(Until::readable, deadline_ms, Wakeable::yes, [&] {
    return tls_ != nullptr ? esp_tls_conn_read(tls_, out, capacity) : recv(socket_, out, capacity, 0);
  });
}

IoResult SocketStream::write_some(const char* data, std::size_t size, std::int64_t deadline_ms) {
  return transfer(Until::writable, deadline_ms, Wakeable::no, [&] {
    return tls_ != nullptr ? esp_tls_conn_write(tls_, data, size) : send(socket_, data, size, MSG_NOSIGNAL);
  });
}

// Tries first and waits then: usually the bytes are there.
template <class Operation>
IoResult SocketStream::transfer(Until until, std::int64_t deadline_ms, Wakeable wakeable,
                                Operation operation) {
  if (socket_ < 0) return {fail("not connected"), 0};
  for (;;) {
    const ssize_t moved = operation();
    if (moved > 0) return {IoStatus::ok, static_cast<std::size_t>(moved)};
    if (moved == 0) return {IoStatus::closed, 0};
    Until next = until;
    if (tls_ != nullptr) {
      // TLS may have to read in order to write, and the other way round.
      if (moved != ESP_TLS_ERR_SSL_WANT_READ && moved != ESP_TLS_ERR_SSL_WANT_WRITE) return {fail_tls(), 0};
      next = moved == ESP_TLS_ERR_SSL_WANT_READ ? Until::readable : Until::writable;
    } else if (errno != EAGAIN && errno != EINTR) {
      return {fail(network_error(errno)), 0};
    }
    const IoStatus status = wait(next, deadline_ms, wakeable);
    if (status != IoStatus::ok) return {status, 0};
  }
}

IoStatus SocketStream::wait(Until until, std::int64_t deadline_ms, Wakeable wakeable) {
  for (;;) {
    fd_set reading;
    fd_set writing;
    FD_ZERO(&reading);
    FD_ZERO(&writing);
    FD_SET(socket_, until == Until::readable ? &reading : &writing);
    int last = socket_;
    if (wakeable == Wakeable::yes) {
      FD_SET(wake_, &reading);
      last = std::max(last, wake_);
    }
    const std::int64_t left_ms = std::max<std::int64_t>(0, deadline_ms - clock_.mono_ms());
    timeval time{};
    time.tv_sec = static_cast<time_t>(left_ms / 1000);
    time.tv_usec = static_cast<suseconds_t>(left_ms % 1000 * 1000);
    const int ready = select(last + 1, &reading, &writing, nullptr, &time);
    if (ready < 0 && errno != EINTR) return fail(network_error(errno));
    if (ready > 0 && (FD_ISSET(socket_, &reading) || FD_ISSET(socket_, &writing))) return IoStatus::ok;
    if (ready > 0 && wakeable == Wakeable::yes && take_wake()) {
      fail("woken");
      return IoStatus::timeout;
    }
    if (clock_.mono_ms() >= deadline_ms) {
      fail("no answer in time");
      return IoStatus::timeout;
    }
  }
}

// Whether somebody has called wake() since.
bool SocketStream::take_wake() {
  fd_set reading;
  FD_ZERO(&reading);
  FD_SET(wake_, &reading);
  timeval now{};
  std::uint64_t woken = 0;
  return select(wake_ + 1, &reading, nullptr, nullptr, &now) > 0 &&
         ::read(wake_, &woken, sizeof woken) == sizeof woken;
}

void SocketStream::wake() {
  const std::uint64_t one = 1;
  (void)::write(wake_, &one, sizeof one);
}

void SocketStream::close() {
  if (tls_ != nullptr) {
    esp_tls_conn_destroy(tls_);
  } else if (socket_ >= 0) {
    ::close(socket_);
  }
  tls_ = nullptr;
  socket_ = -1;
}

IoStatus SocketStream::fail(std::string_view error) {
  error_ = Text<96>(error);
  return IoStatus::failed;
}

IoStatus SocketStream::fail_tls() {
  esp_tls_error_handle_t errors = nullptr;
  int code = 0;
  int flags = 0;
  if (esp_tls_get_error_handle(tls_, &errors) == ESP_OK) {
    esp_tls_get_and_clear_last_error(errors, &code, &flags);
  }
  error_.clear();
  distrusted_ = flags != 0;
  if (distrusted_) {
    error_.append("the server's certificate is not trusted (").append_number(flags).append(')');
  } else {
    error_.append("TLS failed (").append_number(code).append(')');
  }
  return IoStatus::failed;
}

}  // namespace heliograph::firmware
