// The frames of a WebSocket (RFC 6455, §5), without extensions: one reader and one writer for both ends of a
// link.
//
// Written by hand because the camera's core has no libraries and no heap; the server takes the same, so that
// an idle connection keeps these few bytes and no buffers, and one reader of strangers' bytes is fuzzed and
// not two. What must not be in it: the handshake, messages' meaning, I/O.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace heliograph::protocol {

enum class Opcode : std::uint8_t { continuation = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10 };

using SocketMask = std::array<std::uint8_t, 4>;

struct SocketHead {
  bool final = true;  // the last frame of its message
  Opcode opcode = Opcode::text;
  bool masked = false;  // by clients, and by them only
  SocketMask mask{};
  std::uint64_t length = 0;  // of what follows
};

// Bytes of a head, at most and at least.
inline constexpr std::size_t max_socket_head = 14;
inline constexpr std::size_t min_socket_head = 2;
// Bytes that a ping, a pong or a close may carry.
inline constexpr std::size_t max_control_payload = 125;

struct SocketHeadBytes {
  std::array<std::uint8_t, max_socket_head> bytes{};
  std::size_t size = 0;
};
SocketHeadBytes write_socket_head(const SocketHead& head);

// `offset`: of the first byte within the frame. Its own inverse.
void apply_mask(const SocketMask& mask, std::uint64_t offset, std::uint8_t* data, std::size_t size);

// Why an end closes a connection (RFC 6455, §7.4.1, and ours from 4000 on: protocol/README.md).
enum class SocketClose : std::uint16_t {
  normal = 1000,
  going_away = 1001,
  protocol_error = 1002,
  not_wanted = 1003,  // a kind of message that this end does not take
  too_large = 1009,
  replaced = 4001,    // a newer connection of the same camera has taken over
  not_allowed = 4003  // the key, the session or the right is gone
};

// Reads what the other end sends, in pieces of any size. No copy is made of what messages carry.
class SocketReader {
 public:
  // `from_client`: masked frames are expected, or else refused.
  explicit SocketReader(bool from_client) : from_client_(from_client) {}

  enum class Kind {
    nothing,  // more bytes are needed
    piece,    // of a message: `data`
    ping,     // answer with a pong that carries `data`
    pong,
    close,  // `data`: the code and the reason, as they came
    broken  // the connection cannot go on: `why`. Final
  };
  struct Event {
    Kind kind = Kind::nothing;
    bool text = false;        // of a piece: its message's type
    bool last = false;        // of a piece: the message ends with it
    std::string_view data{};  // in the bytes that were taken, or in the reader: until its next call
    std::uint64_t left = 0;   // of a piece: bytes of its frame that are still to come
    std::string_view why{};
  };
  // Takes bytes from the front, `used` of them, and says what they bring; call it until it says nothing.
  // Unmasks in place.
  Event take(std::uint8_t* data, std::size_t size, std::size_t& used);

  // Some of a message, or of a frame, has come, and not all of it.
  bool in_message() const { return in_message_ || in_frame_ || head_size_ > 0; }

 private:
  Event break_off(std::string_view why);
  // Null: the head is whole, and may stand here.
  const char* read_head();
  Event take_control(std::uint8_t* data, std::size_t size, std::size_t& used);
  Event take_piece(std::uint8_t* data, std::size_t size, std::size_t& used);

  bool from_client_;
  bool broken_ = false;
  bool in_message_ = false;  // its last frame has not begun, or not ended
  bool text_ = false;        // the message's type
  bool in_frame_ = false;    // the head is whole, and its end has not come
  SocketHead head_;
  std::uint64_t taken_ = 0;  // bytes of the frame
  std::size_t head_size_ = 0;
  std::array<std::uint8_t, max_socket_head> head_bytes_{};
  std::array<std::uint8_t, max_control_payload> control_{};
};

}  // namespace heliograph::protocol
