#include "bench/connection.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <charconv>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace heliograph::bench {
namespace {

// Far more than any server's answer head; a server that sends more is not one of those measured here.
constexpr std::size_t max_head_bytes = 16 * 1024;

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

// Value of a field in an answer's head, without the space before it.
std::optional<std::string_view> field(std::string_view head, std::string_view name) {
  for (std::size_t at = head.find("\r\n"); at != std::string_view::npos && at + 2 < head.size();) {
    const std::string_view from = head.substr(at + 2);
    const std::string_view line = from.substr(0, from.find("\r\n"));
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos && equals_ignoring_case(line.substr(0, colon), name)) {
      std::string_view value = line.substr(colon + 1);
      while (value.starts_with(' ')) value.remove_prefix(1);
      return value;
    }
    at = head.find("\r\n", at + 2);
  }
  return std::nullopt;
}

template <class Number>
std::optional<Number> number(std::string_view text) {
  Number value{};
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc{}) return std::nullopt;
  return value;
}

int connect_to_loopback(std::uint16_t port) {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return -1;
  const int on = 1;
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 ||
      errno == EINPROGRESS) {
    return descriptor;
  }
  ::close(descriptor);
  return -1;
}

}  // namespace

Connection::Connection(Connection&& other) noexcept
    : port_(other.port_), descriptor_(std::exchange(other.descriptor_, -1)) {}

bool Connection::begin(Request request, SteadyTime now) {
  if (descriptor_ < 0) descriptor_ = connect_to_loopback(port_);
  if (descriptor_ < 0) return false;
  request_ = std::move(request);
  begun_ = now;
  busy_ = true;
  sent_ = 0;
  head_.clear();
  status_ = 0;
  keep_ = true;
  body_left_.reset();
  return true;
}

std::optional<Outcome> Connection::progress(std::size_t limit) {
  if (!busy_) return std::nullopt;
  if (auto over = send(std::min(limit, request_.size()))) return over;
  return receive();
}

// What is left of the request up to `limit`.
std::array<iovec, 4> Connection::rest(std::size_t limit) const {
  const std::array<std::string_view, 4> pieces{request_.head, request_.before_mark, request_.mark,
                                               request_.after_mark};
  std::array<iovec, 4> vectors{};
  std::size_t skip = sent_;
  std::size_t room = limit - sent_;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    std::string_view piece = pieces[i];
    const std::size_t skipped = std::min(skip, piece.size());
    skip -= skipped;
    piece = piece.substr(skipped, room);
    room -= piece.size();
    vectors[i] = {const_cast<char*>(piece.data()), piece.size()};
  }
  return vectors;
}

std::optional<Outcome> Connection::send(std::size_t limit) {
  while (sent_ < limit) {
    auto vectors = rest(limit);
    msghdr message{};
    message.msg_iov = vectors.data();
    message.msg_iovlen = vectors.size();
    const ssize_t sent = ::sendmsg(descriptor_, &message, MSG_NOSIGNAL);
    if (sent < 0) {
      if (errno == EAGAIN || errno == EINTR) return std::nullopt;
      // It may have answered before it hung up: receive() will tell.
      return receive();
    }
    sent_ += static_cast<std::size_t>(sent);
  }
  return std::nullopt;
}

std::optional<Outcome> Connection::receive() {
  std::array<char, 64 * 1024> buffer;
  while (true) {
    const ssize_t got = ::recv(descriptor_, buffer.data(), buffer.size(), 0);
    if (got < 0) {
      if (errno == EAGAIN || errno == EINTR) return std::nullopt;
      return finish({0, errno == ECONNREFUSED ? "refused" : "reset"}, false);
    }
    if (got == 0) {
      const bool whole = status_ != 0 && !body_left_;
      return whole ? finish({status_, {}}, false) : finish({0, "closed before an answer"}, false);
    }
    std::string_view piece(buffer.data(), static_cast<std::size_t>(got));
    if (status_ == 0) {
      head_ += piece;
      if (auto over = read_head()) return over;
    } else if (body_left_) {
      *body_left_ -= std::min<std::uint64_t>(*body_left_, piece.size());
    }
    if (status_ != 0 && body_left_ == std::uint64_t{0}) return finish({status_, {}}, keep_);
  }
}

// Once the head is whole: the status, and how the body ends.
std::optional<Outcome> Connection::read_head() {
  const std::size_t end = head_.find("\r\n\r\n");
  if (end == std::string::npos) {
    if (head_.size() > max_head_bytes) return finish({0, "no HTTP"}, false);
    return std::nullopt;
  }
  const std::string_view head = std::string_view(head_).substr(0, end + 2);
  const auto status = number<int>(head.substr(std::min<std::size_t>(9, head.size())));
  if (!head.starts_with("HTTP/1.") || !status) return finish({0, "no HTTP"}, false);
  status_ = *status;
  keep_ = head.starts_with("HTTP/1.1");
  if (const auto connection = field(head, "Connection"))
    keep_ = !equals_ignoring_case(*connection, "close") && keep_;
  if (const auto length = field(head, "Content-Length")) {
    body_left_ = number<std::uint64_t>(*length);
    if (body_left_) *body_left_ -= std::min<std::uint64_t>(*body_left_, head_.size() - end - 4);
  }
  return std::nullopt;
}

std::optional<Outcome> Connection::give_up(std::string_view why) {
  return finish({0, why}, false);
}

std::optional<Outcome> Connection::finish(Outcome outcome, bool keep) {
  busy_ = false;
  // An answer that came before all was sent leaves the connection in the middle of a request.
  if (!keep || sent_ < request_.size()) close();
  return outcome;
}

void Connection::close() {
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
}

}  // namespace heliograph::bench
