#include "server/http/socket_session.hpp"

#include <algorithm>
#include <utility>

namespace heliograph::http {
namespace {

using protocol::Opcode;
using protocol::SocketClose;
using Kind = protocol::SocketReader::Kind;

// Read at once: a whole frame of the usual size.
constexpr std::size_t read_bytes = 64 * 1024;

std::string_view as_text(const protocol::SocketHeadBytes& head) {
  return {reinterpret_cast<const char*>(head.bytes.data()), head.size};
}

}  // namespace

SocketSession::SocketSession(Stream& stream, Inbox& inbox, const Limits& limits, const Clock& clock)
    : stream_(stream), inbox_(inbox), limits_(limits), clock_(clock), heard_at_(clock.steady()) {
  stream_.keep_little_unsent();
}

void SocketSession::wake() {
  stream_.wake();
}

// No coroutine of its own: what it would hold, every link that is idle would.
Task<Io> SocketSession::wait(std::chrono::milliseconds limit) {
  if (incoming_) {  // a message that has begun must come along, however patient the caller is
    auto& pace = incoming_->pace;
    if (!pace) pace.emplace(limits_.body_silence, limits_.body_grace, limits_.body_bytes_per_s);
    hurried_ = pace->patience() < limit;
    limit = std::min(limit, pace->patience());
  }
  waits_at_most_ = limit;
  wait_ = Pace::within(limit);
  if (!inbox_.empty()) stream_.wake();
  return stream_.readable(wait_);
}

// The last wait was at the cost of the message that is on its way. True: it was all the patience that has.
bool SocketSession::count_wait() {
  const Pace::ms left = std::exchange(wait_, Pace::within(Pace::ms{0})).patience();
  const Pace::ms waited = std::exchange(waits_at_most_, Pace::ms{0}) - left;
  if (incoming_ && incoming_->pace) incoming_->pace->waited(waited);
  return std::exchange(hurried_, false) && left == Pace::ms{0};
}

Task<Result<std::optional<WebSocket::Message>>> SocketSession::receive(std::size_t max_bytes) {
  bool late = count_wait();
  for (;;) {
    Inbox::Window window = inbox_.kept();
    if (window.bytes.empty()) window = inbox_.receive(read_bytes, wait_);
    if (!window.bytes.empty()) late = false;
    if (auto taken = take(window, max_bytes)) {
      if (taken->message) co_return std::move(taken->message);
      if (auto settled = co_await settle(std::move(taken)); !settled) co_return settled.error();
      continue;
    }
    if (window.bytes.empty()) break;
  }
  if (late) co_return Error{ErrorKind::timeout, "a message came too slowly"};
  co_return std::nullopt;
}

void SocketSession::end(Taken& taken, ErrorKind kind, std::string detail, SocketClose code) {
  taken.over = Error{kind, std::move(detail)};
  taken.code = code;
}

// Up to the first event that somebody has to see to, null if there is none; the rest of the window is kept.
std::unique_ptr<SocketSession::Taken> SocketSession::take(Inbox::Window window, std::size_t max_bytes) {
  Taken taken;
  if (window.io != Io::done) {
    taken.over = Error{ErrorKind::unavailable, "the other side is gone"};
    taken.silent = true;
    return std::make_unique<Taken>(std::move(taken));
  }
  if (window.bytes.empty()) return nullptr;
  heard_at_ = clock_.steady();
  if (!incoming_) incoming_ = std::make_unique<Incoming>();
  if (incoming_->pace) incoming_->pace->moved(window.bytes.size());
  bool more = true;
  bool any = false;
  while (more) {
    std::size_t used = 0;
    const auto event = incoming_->reader.take(reinterpret_cast<std::uint8_t*>(window.bytes.data()),
                                              window.bytes.size(), used);
    window.bytes = window.bytes.subspan(used);
    more = event.kind != Kind::nothing && take_event(event, max_bytes, taken);
    any = !more && event.kind != Kind::nothing;
  }
  inbox_.give_back(window.bytes);
  if (!incoming_->reader.in_message()) incoming_.reset();
  return any ? std::make_unique<Taken>(std::move(taken)) : nullptr;
}

// Whether to go on with the next one.
bool SocketSession::take_event(const protocol::SocketReader::Event& event, std::size_t max_bytes,
                               Taken& taken) {
  if (event.kind == Kind::piece) {
    std::string& message = incoming_->message;
    const std::uint64_t whole = message.size() + event.data.size() + event.left;
    if (whole > max_bytes) {
      end(taken, ErrorKind::too_large, "a message has more than " + std::to_string(max_bytes) + " bytes",
          SocketClose::too_large);
      return false;
    }
    if (message.empty()) message.reserve(static_cast<std::size_t>(whole));
    message += event.data;
    if (!event.last) return true;
    taken.message = Message{event.text, std::exchange(message, {})};
    incoming_->pace.reset();
    return false;
  }
  if (event.kind == Kind::ping) taken.ping = std::string(event.data);
  if (event.kind == Kind::close) {
    parted_ = true;
    end(taken, ErrorKind::unavailable, "the other side said goodbye", SocketClose::normal);
  }
  if (event.kind == Kind::broken) {
    end(taken, ErrorKind::bad_request, std::string(event.why), SocketClose::protocol_error);
  }
  return event.kind == Kind::pong;
}

// Says what is due: a pong, or a goodbye, after which it is an error.
Task<Result<void>> SocketSession::settle(std::unique_ptr<Taken> taken) {
  if (taken->ping) co_return co_await send(Opcode::pong, {}, *taken->ping);
  if (taken->silent) {
    closed_ = true;
  } else {
    co_await close(taken->code, taken->over->detail);
  }
  co_return std::move(*taken->over);
}

Task<Result<void>> SocketSession::send(Opcode opcode, std::string_view head, std::string_view body) {
  if (closed_) co_return Error{ErrorKind::unavailable, "the connection is over"};
  protocol::SocketHead frame;
  frame.opcode = opcode;
  frame.length = head.size() + body.size();
  const protocol::SocketHeadBytes bytes = protocol::write_socket_head(frame);
  Pace pace(limits_.socket_write_silence, limits_.socket_write_silence, limits_.body_bytes_per_s);
  const Stream::Parts parts{as_text(bytes), head, body};
  const Io written = co_await stream_.write(parts, pace);
  if (written == Io::done) co_return Result<void>{};
  closed_ = true;  // in the middle of a frame, maybe
  co_return Error{ErrorKind::unavailable, "the reader is gone"};
}

Task<Result<void>> SocketSession::send_text(std::string_view text) {
  return send(Opcode::text, {}, text);
}

Task<Result<void>> SocketSession::send_binary(std::string_view head, std::string_view body) {
  return send(Opcode::binary, head, body);
}

Task<Result<void>> SocketSession::ping() {
  return send(Opcode::ping, {}, {});
}

Task<void> SocketSession::close(SocketClose code, std::string_view reason) {
  const auto number = static_cast<std::uint16_t>(code);
  const char bytes[] = {static_cast<char>(number >> 8), static_cast<char>(number & 0xff)};
  const std::string_view head(bytes, sizeof bytes);
  const auto said =
      co_await send(Opcode::close, head, reason.substr(0, protocol::max_control_payload - head.size()));
  parted_ = parted_ || said;
  closed_ = true;
}

}  // namespace heliograph::http
