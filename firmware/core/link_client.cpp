#include "firmware/core/link_client.hpp"

#include "firmware/core/crc32.hpp"
#include "firmware/core/http_date.hpp"
#include "firmware/core/jpeg_check.hpp"
#include "firmware/core/json_text.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <limits>
#include <optional>

namespace heliograph::firmware {

namespace {

// Bytes of a message that is passed over: a later server's longest. Nobody waits for the end of a longer one.
constexpr std::uint64_t max_skipped_message = 64 * 1024;
// So long it waits to be let go, milliseconds; then it waits anew.
constexpr std::int64_t rest_ms = 3'600'000;
// Bytes of why a stream has ended.
constexpr std::size_t max_stop_reason = 128;

constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// Sixteen random bytes in base64: 21 digits of six bits, one of two, and padding.
Text<24> make_socket_key(Random& random) {
  Text<24> key;
  for (int i = 0; i < 21; ++i) key.append(base64_digits[random.next() % 64]);
  return key.append(base64_digits[random.next() % 4 * 16]).append("==");
}

// Of "HTTP/1.1 101 …"; 0: it is none.
int status_of(std::string_view answer) {
  constexpr std::string_view version = "HTTP/1.1 ";
  int status = 0;
  if (answer.substr(0, version.size()) != version || answer.size() < version.size() + 3) return 0;
  std::from_chars(answer.data() + version.size(), answer.data() + version.size() + 3, status);
  return status;
}

// What the server says the time is.
std::optional<std::int64_t> date_of(std::string_view answer) {
  constexpr std::string_view name = "\r\ndate:";
  const auto is_small = [](char c, char wanted) { return c == wanted || c + ('a' - 'A') == wanted; };
  const auto* found = std::search(answer.begin(), answer.end(), name.begin(), name.end(), is_small);
  if (found == answer.end()) return std::nullopt;
  std::string_view value = answer.substr(static_cast<std::size_t>(found - answer.begin()) + name.size());
  value = value.substr(0, value.find('\r'));
  value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
  return parse_http_date(value);
}

}  // namespace

LinkClient::LinkClient(const LinkPlatform& platform, const Server& server, Slab slab)
    : platform_(platform), server_(server), slab_(slab), planner_(platform.random) {}

void LinkClient::stop() {
  stop_requested_ = true;
  platform_.clock.wake();
  platform_.stream.wake();
}

void LinkClient::run() {
  while (!stop_requested_) held_ ? rest() : act();
  say_goodbye("the camera ends");
}

void LinkClient::act() {
  const LinkWants wants{platform_.mail.has_word(), platform_.mail.rests_until_ms()};
  const LinkAction action = planner_.next_action(platform_.clock.mono_ms(), wants);
  if (std::holds_alternative<LinkConnect>(action)) {
    connect();
  } else if (const auto* frame = std::get_if<LinkSend>(&action)) {
    send_frame(*frame);
  } else if (std::holds_alternative<LinkSay>(action)) {
    say();
  } else if (const auto* listening = std::get_if<LinkListen>(&action)) {
    listen(listening->until_ms);
  } else if (const auto* sleep = std::get_if<LinkSleep>(&action)) {
    platform_.clock.sleep_until(sleep->until_ms);
  } else if (std::holds_alternative<LinkGoodbye>(action)) {
    say_goodbye("the camera sleeps");
  } else {
    lose(0, "nothing was heard for two minutes");
  }
}

void LinkClient::hold(bool held) {
  if (held_.exchange(held) == held) return;
  platform_.clock.wake();
  platform_.stream.wake();
}

void LinkClient::rest() {
  say_goodbye("the camera sleeps between its pictures");
  platform_.clock.sleep_until(platform_.clock.mono_ms() + rest_ms);
}

void LinkClient::connect() {
  const std::int64_t deadline_ms = platform_.clock.mono_ms() + exchange_base_ms;
  const Address address{server_.host, server_.port, server_.tls};
  reader_ = protocol::SocketReader(/*from_client=*/false);
  message_bytes_ = 0;
  int status = 0;
  if (platform_.stream.connect(address, deadline_ms) == IoStatus::ok) status = shake_hands(deadline_ms);
  if (planner_.is_connected()) return;
  platform_.stream.close();
  planner_.refused(platform_.clock.mono_ms(), status);
}

void LinkClient::write_handshake(RequestHead& head) {
  if (server_.camera.empty()) {
    write_bearer(server_.key, authorization_);
  } else {
    const Signing signing{server_.camera, server_.key, platform_.clock.wall_ms().value_or(0)};
    write_signature(signing, {"GET", protocol::link_path, {}, {}, {}, {}}, {}, platform_.crypto,
                    platform_.random, authorization_);
  }
  head.append("GET ").append(server_.base_path).append(protocol::link_path).append(" HTTP/1.1\r\nHost: ");
  append_host(server_, head);
  head.append("\r\nUser-Agent: heliograph-cam\r\nAuthorization: ").append(authorization_.view());
  head.append("\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13");
  head.append("\r\nSec-WebSocket-Key: ").append(make_socket_key(platform_.random).view()).append("\r\n\r\n");
}

int LinkClient::shake_hands(std::int64_t deadline_ms) {
  auto& [head, answer] = text_.emplace<Handshake>();
  write_handshake(head);
  const std::string_view request = head.view();
  if (!send_all(reinterpret_cast<const std::uint8_t*>(request.data()), request.size())) return 0;
  std::size_t end = std::string_view::npos;
  std::size_t size = 0;
  while (end == std::string_view::npos) {
    auto* received = reinterpret_cast<char*>(slab_.data);
    const IoResult read = platform_.stream.read_some(received, link_read_size, deadline_ms);
    if (read.status != IoStatus::ok) return 0;
    const std::size_t before = answer.view().size();
    answer.append(std::string_view(received, read.size));
    end = answer.view().find("\r\n\r\n");
    if (end == std::string_view::npos && answer.truncated()) return 0;
    size = read.size;
    if (end != std::string_view::npos) end = end + 4 - before;  // within what came last
  }
  if (const auto date_ms = date_of(answer.view())) platform_.clock.offer_wall_ms(*date_ms);
  const int status = status_of(answer.view());
  if (status != 101) return status;
  text_.emplace<Message>();
  planner_.connected(platform_.clock.mono_ms());
  Event event;
  event.kind = EventKind::linked;
  platform_.log.record(event);
  platform_.mail.stands(true);
  hear(slab_.data + end, size - end);
  return status;
}

void LinkClient::say() {
  const std::size_t size = platform_.mail.next(reinterpret_cast<char*>(small()));
  if (!send(protocol::Opcode::text, small(), size)) lose(0, platform_.stream.error_text());
}

void LinkClient::listen(std::int64_t until_ms) {
  const IoResult read =
      platform_.stream.read_some(reinterpret_cast<char*>(slab_.data), link_read_size, until_ms);
  if (read.status == IoStatus::timeout) return;  // or something is to be said
  if (read.status == IoStatus::closed) return lose(0, "the server ended the connection");
  if (read.status == IoStatus::failed) return lose(0, platform_.stream.error_text());
  hear(slab_.data, read.size);
}

void LinkClient::hear(std::uint8_t* data, std::size_t size) {
  using Kind = protocol::SocketReader::Kind;
  if (size > 0) planner_.heard(platform_.clock.mono_ms());
  while (planner_.is_connected()) {
    std::size_t used = 0;
    const auto event = reader_.take(data, size, used);
    data += used;
    size -= used;
    if (event.kind == Kind::nothing) return;
    if (event.kind == Kind::broken) return lose(0, event.why);
    if (event.kind == Kind::piece) hear_piece(event);
    if (event.kind == Kind::ping && !send_small(protocol::Opcode::pong, event.data)) {
      lose(0, platform_.stream.error_text());
    }
    if (event.kind == Kind::close) {
      const auto byte = [&event](std::size_t i) { return static_cast<std::uint8_t>(event.data[i]); };
      const bool told = event.data.size() >= 2;
      lose(told ? byte(0) << 8 | byte(1) : 0, told ? event.data.substr(2) : "the server said goodbye");
    }
  }
}

// Binary messages are for cameras that do not exist yet, and too long ones are none of ours.
void LinkClient::hear_piece(const protocol::SocketReader::Event& event) {
  message_bytes_ += event.data.size();
  if (event.left > max_skipped_message || message_bytes_ > max_skipped_message) {
    return lose(0, "the server sends a message without an end");
  }
  auto& message = *std::get_if<Message>(&text_);  // as long as the link stands
  message.append(event.data);
  if (!event.last) return;
  message_bytes_ = 0;
  if (event.text && !message.truncated()) take(message.view());
  message.clear();
}

// What is for the agent, and what is for the stream.
void LinkClient::take(std::string_view text) {
  const auto type = json_string<16>(text, "type");
  if (type.view() == "orders") return platform_.mail.called();
  if (type.view() != "heard") return planner_.told(platform_.clock.mono_ms(), text);
  const auto number = json_integer(text, "number");
  if (!number || *number < 0 || *number > std::numeric_limits<std::uint32_t>::max()) return;
  platform_.mail.answered(static_cast<std::uint32_t>(*number), text);
}

std::size_t LinkClient::take_frame(const LinkSend& frame) {
  std::uint8_t* picture = slab_.data + link_slab_head;
  Frame taken;
  const std::int64_t deadline_ms = platform_.clock.mono_ms() + capture_limit_ms;
  const auto wall_ms = platform_.clock.wall_ms();
  const CaptureStatus status =
      platform_.source.capture(picture, slab_.size - link_slab_head, deadline_ms, taken);
  const JpegCheck check = status == CaptureStatus::ok ? check_jpeg(picture, taken.size)
                                                      : JpegCheck{0, platform_.source.error_text()};
  if (check.size == 0 || check.size > protocol::max_frame_bytes) return 0;
  protocol::FrameHeader header;
  header.stream = frame.stream;
  header.sequence = frame.sequence;
  const auto captured_at_ms = taken.captured_at_ms ? taken.captured_at_ms : wall_ms;
  header.time_is_believed = captured_at_ms.has_value();
  header.captured_at_ms = captured_at_ms.value_or(0);
  header.length = static_cast<std::uint32_t>(check.size);
  header.crc = crc32(picture, check.size);
  const protocol::FrameHeaderBytes bytes = protocol::encode_frame_header(header);
  std::copy(bytes.begin(), bytes.end(), slab_.data + protocol::max_socket_head);
  return bytes.size() + check.size;
}

void LinkClient::send_frame(const LinkSend& frame) {
  platform_.source.prefer(frame.wish);
  const std::size_t size = take_frame(frame);
  if (size == 0) {
    if (planner_.failed(platform_.clock.mono_ms())) {
      say_stopped(frame.stream, platform_.source.error_text());
    }
    return;
  }
  if (!send(protocol::Opcode::binary, slab_.data + protocol::max_socket_head, size)) {
    return lose(0, platform_.stream.error_text());
  }
  planner_.sent(platform_.clock.mono_ms());
}

void LinkClient::say_stopped(std::uint32_t stream, std::string_view why) {
  Text<256> text;
  text.append(R"({"type":"stopped","stream":)").append_number(stream).append(R"(,"reason":)");
  append_quoted(text, why.empty() ? "no whole picture" : why.substr(0, max_stop_reason));
  text.append("}");
  if (!send_small(protocol::Opcode::text, text.view())) lose(0, platform_.stream.error_text());
}

// In order, so that nobody waits for what does not come.
void LinkClient::say_goodbye(std::string_view why) {
  if (const auto stream = planner_.stream(platform_.clock.mono_ms())) say_stopped(*stream, why);
  if (planner_.is_connected()) {
    constexpr auto code = static_cast<std::uint16_t>(protocol::SocketClose::going_away);
    const char bytes[] = {static_cast<char>(code >> 8), static_cast<char>(code & 0xff)};
    send_small(protocol::Opcode::close, {bytes, sizeof bytes});
    lose(0, why);
  }
}

bool LinkClient::send_small(protocol::Opcode opcode, std::string_view payload) {
  std::memcpy(small(), payload.data(), payload.size());
  return send(opcode, small(), payload.size());
}

bool LinkClient::send(protocol::Opcode opcode, std::uint8_t* payload, std::size_t size) {
  protocol::SocketHead head;
  head.opcode = opcode;
  head.masked = true;
  head.length = size;
  const std::uint32_t chance = platform_.random.next();
  std::memcpy(head.mask.data(), &chance, sizeof chance);
  protocol::apply_mask(head.mask, 0, payload, size);
  const protocol::SocketHeadBytes bytes = protocol::write_socket_head(head);
  std::uint8_t* begin = payload - bytes.size;
  std::memcpy(begin, bytes.bytes.data(), bytes.size);
  return send_all(begin, bytes.size + size);
}

// By the same deadlines as an upload.
bool LinkClient::send_all(const std::uint8_t* data, std::size_t size) {
  const std::int64_t deadline_ms =
      platform_.clock.mono_ms() + exchange_base_ms + static_cast<std::int64_t>(size) / min_rate_bytes_per_ms;
  while (size > 0) {
    const std::int64_t stalled_ms = platform_.clock.mono_ms() + stall_limit_ms;
    const IoResult written = platform_.stream.write_some(
        reinterpret_cast<const char*>(data), std::min(size, slice_size), std::min(deadline_ms, stalled_ms));
    if (written.status != IoStatus::ok) return false;
    data += written.size;
    size -= written.size;
  }
  return true;
}

void LinkClient::lose(int code, std::string_view why) {
  if (!planner_.is_connected()) return;
  Event event;
  event.kind = EventKind::link_lost;
  event.detail = why;
  event.retry_in_ms = planner_.lost(platform_.clock.mono_ms(), code);
  platform_.log.record(event);
  platform_.stream.close();
  platform_.mail.stands(false);
}

}  // namespace heliograph::firmware
