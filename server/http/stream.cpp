#include "server/http/stream.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <numeric>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/system/system_error.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>

namespace heliograph::http {
namespace {

namespace asio = boost::asio;

// What one TLS record holds at most; small parts are gathered into one.
constexpr std::size_t record_bytes = 16 * 1024;
// How much of a file is read at once to be encrypted.
constexpr std::size_t file_read_bytes = 4 * record_bytes;
// A turn on the net thread: 0.1 ms of copying.
constexpr std::size_t fair_bytes = 512 * 1024;

// Of a live stream, what waits in the kernel behind what is on its way: a small frame.
constexpr int little_unsent_bytes = 16 * 1024;

constexpr std::string_view speak_tls =
    "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: 48\r\n\r\n"
    "This port speaks HTTPS: use https:// to reach it";

std::size_t size_of(const Stream::Parts& parts) {
  return std::accumulate(parts.begin(), parts.end(), std::size_t{0},
                         [](std::size_t sum, std::string_view part) { return sum + part.size(); });
}

void drop_front(Stream::Parts& parts, std::size_t bytes) {
  for (std::string_view& part : parts) {
    const std::size_t gone = std::min(bytes, part.size());
    part.remove_prefix(gone);
    bytes -= gone;
  }
}

// As much of `parts` as one record holds: where it lies if it lies together, else gathered in `buffer`.
std::string_view gather_record(const Stream::Parts& parts, std::span<char> buffer) {
  const auto first = std::ranges::find_if(parts, [](std::string_view part) { return !part.empty(); });
  if (first->size() >= record_bytes || first->size() == size_of(parts)) return first->substr(0, record_bytes);
  std::size_t gathered = 0;
  for (const std::string_view part : parts) {
    const std::size_t taken = part.copy(buffer.data() + gathered, record_bytes - gathered);
    gathered += taken;
  }
  return {buffer.data(), gathered};
}

}  // namespace

void Stream::FreeTls::operator()(ssl_st* tls) const {
  SSL_free(tls);
}

Stream::Stream(Socket socket, ssl_ctx_st* tls, std::span<char> scratch, const Clock& clock)
    : socket_(std::move(socket)), scratch_(scratch), clock_(clock) {
  boost::system::error_code ignored;  // a socket whose peer is gone already fails at its first use
  socket_.non_blocking(true, ignored);
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  if (!tls) return;
  tls_.reset(SSL_new(tls));
  if (!tls_ || SSL_set_fd(tls_.get(), socket_.native_handle()) != 1) throw std::bad_alloc();
  SSL_set_accept_state(tls_.get());
}

Stream::~Stream() {
  // Stopped in mid-life: a TLS client that hears no goodbye throws its session ticket away.
  if (tls_open_ && socket_.is_open()) SSL_shutdown(tls_.get());
}

bool Stream::had_its_turn() const {
  return moved_unwaited_ >= fair_bytes;
}

Stream::Attempt Stream::plain_attempt(ssize_t result, Direction direction) {
  if (result > 0) return {Outcome::moved, static_cast<std::size_t>(result), direction};
  const bool blocked = result < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR);
  return {blocked ? Outcome::blocked : Outcome::closed, 0, direction};
}

Stream::Attempt Stream::tls_attempt(int result) {
  if (result > 0) return {Outcome::moved, static_cast<std::size_t>(result), Direction::read};
  switch (SSL_get_error(tls_.get(), result)) {
    case SSL_ERROR_WANT_READ:
      return {Outcome::blocked, 0, Direction::read};
    case SSL_ERROR_WANT_WRITE:
      return {Outcome::blocked, 0, Direction::write};
    case SSL_ERROR_ZERO_RETURN:
      break;  // a goodbye, which wants one in return
    default:
      tls_open_ = false;
  }
  return {Outcome::closed, 0, Direction::read};
}

Stream::Attempt Stream::try_read(std::span<char> into) {
  if (!tls_)
    return plain_attempt(::recv(socket_.native_handle(), into.data(), into.size(), 0), Direction::read);
  ERR_clear_error();  // what another connection left there would be taken for ours
  return tls_attempt(SSL_read(tls_.get(), into.data(), static_cast<int>(into.size())));
}

Stream::Attempt Stream::try_write(const Parts& parts, bool more_follows) {
  // A record that met a full socket is encrypted already: OpenSSL then takes the gathered bytes only for
  // their number.
  if (tls_) return try_record(gather_record(parts, scratch_));
  std::array<iovec, std::tuple_size_v<Parts>> vector{};
  std::size_t count = 0;
  for (const std::string_view part : parts) {
    if (!part.empty()) vector[count++] = {const_cast<char*>(part.data()), part.size()};
  }
  msghdr message{};
  message.msg_iov = vector.data();
  message.msg_iovlen = count;
  const int flags = MSG_NOSIGNAL | (more_follows ? MSG_MORE : 0);
  return plain_attempt(::sendmsg(socket_.native_handle(), &message, flags), Direction::write);
}

Stream::Attempt Stream::try_write_file(int file, std::uint64_t offset, std::uint64_t length) {
  auto at = static_cast<off_t>(offset);
  if (!tls_) {  // nothing moved: the file became shorter, and the connection is of no more use
    const auto most = static_cast<std::size_t>(std::min<std::uint64_t>(length, fair_bytes));
    return plain_attempt(::sendfile(socket_.native_handle(), file, &at, most), Direction::write);
  }
  const auto most = static_cast<std::size_t>(std::min<std::uint64_t>(length, file_read_bytes));
  const ssize_t filled = ::pread(file, scratch_.data(), most, at);
  if (filled <= 0) return {Outcome::closed, 0, Direction::write};
  std::string_view rest(scratch_.data(), static_cast<std::size_t>(filled));
  Attempt attempt;
  std::size_t written = 0;
  while (!rest.empty() && attempt.outcome == Outcome::moved) {
    attempt = try_record(rest.substr(0, record_bytes));
    written += attempt.bytes;
    rest.remove_prefix(attempt.bytes);
  }
  return written == 0 ? attempt : Attempt{Outcome::moved, written, Direction::write};
}

Stream::Attempt Stream::try_record(std::string_view record) {
  ERR_clear_error();
  return tls_attempt(SSL_write(tls_.get(), record.data(), static_cast<int>(record.size())));
}

Task<Io> Stream::handshake(Pace& pace) {
  if (!tls_) co_return Io::done;
  for (;;) {
    ERR_clear_error();
    const Attempt attempt = tls_attempt(SSL_do_handshake(tls_.get()));
    if (attempt.outcome == Outcome::moved) break;
    if (attempt.outcome == Outcome::closed) {
      if (ERR_GET_REASON(ERR_peek_last_error()) == SSL_R_HTTP_REQUEST) {
        ::send(socket_.native_handle(), speak_tls.data(), speak_tls.size(),
               MSG_NOSIGNAL);  // or not: it is a courtesy
      }
      co_return Io::closed;
    }
    const Io waited = co_await wait(attempt.needs, pace);
    if (waited != Io::done) co_return waited;
  }
  tls_open_ = true;
  co_return Io::done;
}

Stream::Read Stream::peek(std::span<char> into) {
  const ssize_t result = ::recv(socket_.native_handle(), into.data(), into.size(), MSG_PEEK);
  const Attempt attempt = plain_attempt(result, Direction::read);
  return {attempt.outcome == Outcome::closed ? Io::closed : Io::done, attempt.bytes};
}

void Stream::skip(std::size_t bytes) {
  // MSG_TRUNC: TCP throws them away without a copy, and all of them are there.
  if (bytes > 0) ::recv(socket_.native_handle(), nullptr, bytes, MSG_TRUNC);
}

Stream::Read Stream::read_some(std::span<char> into, Pace& pace) {
  if (had_its_turn()) return {};
  const Attempt attempt = try_read(into);
  read_needs_ = attempt.needs;
  if (attempt.outcome == Outcome::closed) return {Io::closed, 0};
  if (attempt.outcome == Outcome::blocked) return {};
  moved_unwaited_ += attempt.bytes;
  pace.moved(attempt.bytes);
  return {Io::done, attempt.bytes};
}

// No coroutine of its own: each one costs an upload that waits for its sender 200 bytes.
Task<Io> Stream::readable(Pace& pace) {
  const bool woken = std::exchange(woken_, false);
  if (woken || had_its_turn() || (tls_ && SSL_pending(tls_.get()) > 0)) return let_others();
  return wait(std::exchange(read_needs_, Direction::read), pace, /*may_be_woken=*/true);
}

void Stream::wake() {
  woken_ = true;
  boost::system::error_code ignored;
  if (may_be_woken_) socket_.cancel(ignored);
}

void Stream::keep_little_unsent() {
  ::setsockopt(socket_.native_handle(), IPPROTO_TCP, TCP_NOTSENT_LOWAT, &little_unsent_bytes,
               sizeof little_unsent_bytes);
}

Task<Io> Stream::write(Parts parts, Pace& pace) {
  return write(parts, /*more_follows=*/false, pace);
}

Task<Io> Stream::write(Parts parts, bool more_follows, Pace& pace) {
  while (size_of(parts) > 0) {
    const Attempt attempt = try_write(parts, more_follows);
    if (attempt.outcome == Outcome::closed) co_return Io::closed;
    if (attempt.outcome == Outcome::moved) {
      moved_unwaited_ += attempt.bytes;
      pace.moved(attempt.bytes);
      drop_front(parts, attempt.bytes);
      continue;
    }
    const Io waited = co_await wait(attempt.needs, pace);
    if (waited != Io::done) co_return waited;
  }
  if (had_its_turn()) co_await let_others();
  co_return Io::done;
}

Task<Io> Stream::write_file(std::string_view head, int file, std::uint64_t offset, std::uint64_t length,
                            Pace& pace) {
  const Parts parts{head};
  const Io written = co_await write(parts, /*more_follows=*/length > 0, pace);
  if (written != Io::done) co_return written;
  while (length > 0) {
    const Attempt attempt = try_write_file(file, offset, length);
    if (attempt.outcome == Outcome::closed) co_return Io::closed;
    if (attempt.outcome == Outcome::moved) {
      moved_unwaited_ += attempt.bytes;
      pace.moved(attempt.bytes);
      offset += attempt.bytes;
      length -= attempt.bytes;
      if (had_its_turn()) co_await let_others();
      continue;
    }
    const Io waited = co_await wait(attempt.needs, pace);
    if (waited != Io::done) co_return waited;
  }
  co_return Io::done;
}

Task<void> Stream::finish(const Limits& limits) {
  Pace goodbye(limits.linger_silence, limits.linger_time, 0);
  if (tls_open_) co_await close_tls(goodbye);
  ::shutdown(socket_.native_handle(), SHUT_WR);
  co_await drain(limits.linger_bytes, goodbye);
  tls_.reset();  // before the descriptor: its number may be another's a moment later
  boost::system::error_code ignored;
  socket_.close(ignored);
}

Task<void> Stream::close_tls(Pace& pace) {
  tls_open_ = false;
  for (;;) {
    ERR_clear_error();
    const int result = SSL_shutdown(tls_.get());
    if (result >= 0) co_return;  // said; whether it is answered makes no difference
    const Attempt attempt = tls_attempt(result);
    if (attempt.outcome != Outcome::blocked || attempt.needs == Direction::read) co_return;
    const Io waited = co_await wait(attempt.needs, pace);
    if (waited != Io::done) co_return;
  }
}

// Below TLS: nobody wants to know what it says.
Task<void> Stream::drain(std::uint64_t most, Pace& pace) {
  std::uint64_t drained = 0;
  while (drained < most) {
    if (had_its_turn()) co_await let_others();
    const ssize_t result = ::recv(socket_.native_handle(), scratch_.data(), scratch_.size(), 0);
    const Attempt attempt = plain_attempt(result, Direction::read);
    if (attempt.outcome == Outcome::closed) co_return;
    drained += attempt.bytes;
    moved_unwaited_ += attempt.bytes;
    if (attempt.outcome == Outcome::moved) continue;
    const Io waited = co_await wait(attempt.needs, pace);
    if (waited != Io::done) co_return;
  }
}

void Stream::expire(SteadyTime now) {
  if (now < deadline_) return;
  deadline_ = SteadyTime::max();
  expired_ = true;
  boost::system::error_code ignored;
  socket_.cancel(ignored);
}

Task<Io> Stream::wait(Direction direction, Pace& pace, bool may_be_woken) {
  if (pace.patience() <= Pace::ms{0}) co_return Io::late;
  const SteadyTime began = clock_.steady();
  deadline_ = began + pace.patience();
  moved_unwaited_ = 0;
  may_be_woken_ = may_be_woken;
  const auto type = direction == Direction::read ? Socket::wait_read : Socket::wait_write;
  const auto [error] = co_await socket_.async_wait(type, asio::as_tuple(asio::deferred));
  deadline_ = SteadyTime::max();
  pace.waited(std::chrono::duration_cast<Pace::ms>(clock_.steady() - began));
  const bool woken = std::exchange(may_be_woken_, false) && std::exchange(woken_, false);
  if (std::exchange(expired_, false)) co_return Io::late;
  if (woken) co_return Io::done;
  if (error == asio::error::operation_aborted) throw boost::system::system_error(error);
  co_return error ? Io::closed : Io::done;
}

Task<Io> Stream::let_others() {
  moved_unwaited_ = 0;
  co_await asio::post(co_await asio::this_coro::executor, asio::deferred);
  co_return Io::done;
}

}  // namespace heliograph::http
