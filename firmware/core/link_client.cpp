#include "firmware/core/link_client.hpp"

#include "firmware/core/crc32.hpp"
#include "firmware/core/jpeg_check.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace heliograph::firmware {

namespace {

// A request to stop is noticed within this, milliseconds.
constexpr std::int64_t listen_slice_ms = 1'000;
// Bytes of the answer to the handshake.
constexpr std::size_t max_answer_head = 2'048;

constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// Sixteen random bytes in base64: 21 digits of six bits, one of two, and padding.
Text<24> make_socket_key(Random& random) {
  Text<24> key;
  for (int i = 0; i < 21; ++i) key.append(base64_digits[random.next() % 64]);
  return key.append(base64_digits[random.next() % 4 * 16]).append("==");
}

void write_handshake(const Server& server, Random& random, RequestHead& head) {
  head.clear();
  head.append("GET ").append(server.base_path).append(protocol::link_path).append(" HTTP/1.1\r\nHost: ");
  append_host(server, head);
  head.append("\r\nUser-Agent: heliograph-cam\r\nAuthorization: Bearer ").append(server.key);
  head.append("\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13");
  head.append("\r\nSec-WebSocket-Key: ").append(make_socket_key(random).view()).append("\r\n\r\n");
}

// Of "HTTP/1.1 101 …"; 0: it is none.
int status_of(std::string_view answer) {
  constexpr std::string_view version = "HTTP/1.1 ";
  int status = 0;
  if (answer.substr(0, version.size()) != version || answer.size() < version.size() + 3) return 0;
  std::from_chars(answer.data() + version.size(), answer.data() + version.size() + 3, status);
  return status;
}

}  // namespace

LinkClient::LinkClient(const LinkPlatform& platform, const Server& server, const LinkIdentity& identity,
                       Slab slab)
    : platform_(platform), server_(server), identity_(identity), slab_(slab), planner_(platform.random) {
  for (int i = 0; i < 16; ++i) boot_.append("0123456789abcdef"[platform.random.next() % 16]);
}

void LinkClient::stop() {
  stop_requested_ = true;
  platform_.clock.wake();
}

void LinkClient::run() {
  while (!stop_requested_) held_ ? rest() : act();
  platform_.stream.close();
}

void LinkClient::act() {
  const LinkAction action = planner_.next_action(platform_.clock.mono_ms());
  if (std::holds_alternative<LinkConnect>(action)) {
    connect();
  } else if (const auto* frame = std::get_if<LinkSend>(&action)) {
    send_frame(*frame);
  } else if (const auto* listening = std::get_if<LinkListen>(&action)) {
    listen(listening->until_ms);
  } else if (const auto* sleep = std::get_if<LinkSleep>(&action)) {
    platform_.clock.sleep_until(sleep->until_ms);
  } else {
    lose(0, "nothing was heard for two minutes");
  }
}

void LinkClient::rest() {
  lose(0, "the camera sleeps between its pictures");
  platform_.clock.sleep_until(platform_.clock.mono_ms() + listen_slice_ms);
}

void LinkClient::connect() {
  const std::int64_t deadline_ms = platform_.clock.mono_ms() + exchange_base_ms;
  const Address address{server_.host, server_.port, server_.tls};
  reader_ = protocol::SocketReader(/*from_client=*/false);
  text_.clear();
  int status = 0;
  if (platform_.stream.connect(address, deadline_ms) == IoStatus::ok) status = shake_hands(deadline_ms);
  if (planner_.is_connected()) return say_hello();
  platform_.stream.close();
  planner_.refused(platform_.clock.mono_ms(), status);
}

int LinkClient::shake_hands(std::int64_t deadline_ms) {
  write_handshake(server_, platform_.random, head_);
  const std::string_view request = head_.view();
  if (!send_all(reinterpret_cast<const std::uint8_t*>(request.data()), request.size())) return 0;
  Text<max_answer_head> answer;
  std::size_t end = std::string_view::npos;
  std::size_t size = 0;
  while (end == std::string_view::npos) {
    const IoResult read =
        platform_.stream.read_some(reinterpret_cast<char*>(received_), sizeof received_, deadline_ms);
    if (read.status != IoStatus::ok) return 0;
    const std::size_t before = answer.view().size();
    answer.append(std::string_view(reinterpret_cast<const char*>(received_), read.size));
    end = answer.view().find("\r\n\r\n");
    if (end == std::string_view::npos && answer.truncated()) return 0;
    size = read.size;
    if (end != std::string_view::npos) end = end + 4 - before;  // within what came last
  }
  const int status = status_of(answer.view());
  if (status != 101) return status;
  planner_.connected(platform_.clock.mono_ms());
  Event event;
  event.kind = EventKind::linked;
  platform_.log.record(event);
  hear(received_ + end, size - end);
  return status;
}

void LinkClient::say_hello() {
  Text<512> hello;
  hello.append(R"({"type":"hello","model":")").append(identity_.model);
  hello.append(R"(","sensor":")").append(identity_.sensor);
  hello.append(R"(","firmware":")").append(identity_.firmware);
  hello.append(R"(","boot":")").append(boot_.view()).append(R"(","capabilities":{"live":true}})");
  std::uint8_t* payload = small_ + protocol::max_socket_head;
  std::memcpy(payload, hello.view().data(), hello.view().size());
  if (!send(protocol::Opcode::text, payload, hello.view().size())) lose(0, platform_.stream.error_text());
}

void LinkClient::listen(std::int64_t until_ms) {
  const std::int64_t deadline_ms = std::min(until_ms, platform_.clock.mono_ms() + listen_slice_ms);
  const IoResult read =
      platform_.stream.read_some(reinterpret_cast<char*>(received_), sizeof received_, deadline_ms);
  if (read.status == IoStatus::timeout) return;
  if (read.status == IoStatus::closed) return lose(0, "the server ended the connection");
  if (read.status == IoStatus::failed) return lose(0, platform_.stream.error_text());
  hear(received_, read.size);
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
    if (event.kind == Kind::ping) {
      std::uint8_t* payload = small_ + protocol::max_socket_head;
      std::memcpy(payload, event.data.data(), event.data.size());
      if (!send(protocol::Opcode::pong, payload, event.data.size())) lose(0, platform_.stream.error_text());
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
  text_.append(event.data);
  if (!event.last) return;
  if (event.text && !text_.truncated()) planner_.told(platform_.clock.mono_ms(), text_.view());
  text_.clear();
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
  const std::size_t size = take_frame(frame);
  if (size == 0) return planner_.failed(platform_.clock.mono_ms());
  if (!send(protocol::Opcode::binary, slab_.data + protocol::max_socket_head, size)) {
    return lose(0, platform_.stream.error_text());
  }
  planner_.sent(platform_.clock.mono_ms());
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
}

}  // namespace heliograph::firmware
