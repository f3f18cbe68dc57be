#include "protocol/web_socket.hpp"

#include <algorithm>

namespace heliograph::protocol {
namespace {

constexpr std::uint8_t final_bit = 0x80;
constexpr std::uint8_t reserved_bits = 0x70;
constexpr std::uint8_t opcode_bits = 0x0f;
constexpr std::uint8_t mask_bit = 0x80;
constexpr std::uint8_t length_bits = 0x7f;
constexpr std::uint8_t two_byte_length = 126;
constexpr std::uint8_t eight_byte_length = 127;

bool is_control(Opcode opcode) {
  return static_cast<std::uint8_t>(opcode) >= 8;
}

bool is_opcode(std::uint8_t code) {
  return code <= 2 || (code >= 8 && code <= 10);
}

// Bytes of the head that begins with these two.
std::size_t head_length(std::uint8_t second) {
  const std::uint8_t length = second & length_bits;
  const std::size_t more = length == two_byte_length ? 2 : length == eight_byte_length ? 8 : 0;
  return min_socket_head + more + ((second & mask_bit) != 0 ? 4 : 0);
}

std::uint64_t read_big_endian(const std::uint8_t* bytes, std::size_t size) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < size; ++i) number = number << 8 | bytes[i];
  return number;
}

}  // namespace

SocketHeadBytes write_socket_head(const SocketHead& head) {
  SocketHeadBytes written;
  const auto put = [&written](std::uint64_t byte) {
    written.bytes[written.size++] = static_cast<std::uint8_t>(byte);
  };
  const std::uint8_t masked = head.masked ? mask_bit : 0;
  put((head.final ? final_bit : 0U) | static_cast<std::uint8_t>(head.opcode));
  if (head.length < two_byte_length) {
    put(masked | head.length);
  } else {
    const bool two = head.length <= 0xffff;
    put(masked | (two ? two_byte_length : eight_byte_length));
    for (int shift = two ? 8 : 56; shift >= 0; shift -= 8) put(head.length >> shift);
  }
  if (head.masked) {
    for (const std::uint8_t byte : head.mask) put(byte);
  }
  return written;
}

void apply_mask(const SocketMask& mask, std::uint64_t offset, std::uint8_t* data, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) {
    data[i] = static_cast<std::uint8_t>(data[i] ^ mask[static_cast<std::size_t>(offset + i) % 4]);
  }
}

SocketReader::Event SocketReader::break_off(std::string_view why) {
  broken_ = true;
  Event event;
  event.kind = Kind::broken;
  event.why = why;
  return event;
}

const char* SocketReader::read_head() {
  const std::uint8_t first = head_bytes_[0];
  const std::uint8_t second = head_bytes_[1];
  if ((first & reserved_bits) != 0) return "an extension was used that nobody agreed on";
  if (!is_opcode(first & opcode_bits)) return "a frame has an unknown opcode";
  head_.final = (first & final_bit) != 0;
  head_.opcode = static_cast<Opcode>(first & opcode_bits);
  head_.masked = (second & mask_bit) != 0;
  if (head_.masked != from_client_) return "frames must be masked by the client, and by it only";
  const std::uint8_t short_length = second & length_bits;
  const std::size_t more = short_length == two_byte_length ? 2 : short_length == eight_byte_length ? 8 : 0;
  head_.length = more == 0 ? short_length : read_big_endian(&head_bytes_[min_socket_head], more);
  if (more == 2 && head_.length < two_byte_length) return "a length was written longer than it is";
  if (more == 8 && (head_.length <= 0xffff || head_.length >> 63 != 0)) return "a length is not one";
  if (head_.masked) {
    std::copy_n(&head_bytes_[min_socket_head + more], head_.mask.size(), head_.mask.begin());
  }
  if (is_control(head_.opcode)) {
    return head_.final && head_.length <= max_control_payload ? nullptr
                                                              : "a control frame is too long, or in pieces";
  }
  if (in_message_ != (head_.opcode == Opcode::continuation)) return "a message began within another";
  return nullptr;
}

SocketReader::Event SocketReader::take(std::uint8_t* data, std::size_t size, std::size_t& used) {
  used = 0;
  if (broken_) return break_off("it was broken before");
  while (!in_frame_) {
    if (used == size) return {};
    head_bytes_[head_size_++] = data[used++];
    if (head_size_ < min_socket_head || head_size_ < head_length(head_bytes_[1])) continue;
    head_size_ = 0;
    taken_ = 0;
    if (const char* why = read_head()) return break_off(why);
    in_frame_ = true;
    if (head_.opcode == Opcode::text || head_.opcode == Opcode::binary) {
      in_message_ = true;
      text_ = head_.opcode == Opcode::text;
    }
  }
  return is_control(head_.opcode) ? take_control(data, size, used) : take_piece(data, size, used);
}

SocketReader::Event SocketReader::take_control(std::uint8_t* data, std::size_t size, std::size_t& used) {
  const auto most = static_cast<std::size_t>(std::min<std::uint64_t>(head_.length - taken_, size - used));
  std::copy_n(data + used, most, control_.data() + taken_);
  used += most;
  taken_ += most;
  if (taken_ < head_.length) return {};
  in_frame_ = false;
  const auto length = static_cast<std::size_t>(head_.length);
  if (head_.masked) apply_mask(head_.mask, 0, control_.data(), length);
  Event event;
  event.kind = head_.opcode == Opcode::ping   ? Kind::ping
               : head_.opcode == Opcode::pong ? Kind::pong
                                              : Kind::close;
  if (event.kind == Kind::close && length == 1) return break_off("a close has half a code");
  event.data = {reinterpret_cast<const char*>(control_.data()), length};
  return event;
}

SocketReader::Event SocketReader::take_piece(std::uint8_t* data, std::size_t size, std::size_t& used) {
  const auto most = static_cast<std::size_t>(std::min<std::uint64_t>(head_.length - taken_, size - used));
  if (most == 0 && taken_ < head_.length) return {};
  if (head_.masked) apply_mask(head_.mask, taken_, data + used, most);
  Event event;
  event.kind = Kind::piece;
  event.text = text_;
  event.data = {reinterpret_cast<const char*>(data + used), most};
  used += most;
  taken_ += most;
  event.left = head_.length - taken_;
  in_frame_ = event.left > 0;
  event.last = !in_frame_ && head_.final;
  if (event.last) in_message_ = false;
  return event;
}

}  // namespace heliograph::protocol
