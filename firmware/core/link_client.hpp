// A camera's link: connects, listens, and sends frames while it is asked to (protocol/README.md). One thread
// runs it, beside the agent's; it has a stream and a source of its own.
//
// Allocates nothing: the caller lends a slab, in which each frame lives from the sensor to the network. Its
// end of a WebSocket is written by hand, on protocol/web_socket.hpp, because the core has no libraries. The
// answer's Sec-WebSocket-Accept is not looked at: it keeps browsers from talking to what is no such server,
// and here the welcome does that.
#pragma once

#include "firmware/core/agent.hpp"
#include "firmware/core/link_mail.hpp"
#include "firmware/core/link_planner.hpp"
#include "protocol/frame.hpp"
#include "protocol/link.hpp"
#include "protocol/web_socket.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <variant>

namespace heliograph::firmware {

struct LinkPlatform {
  Clock& clock;  // counts as the agent's does
  Random& random;
  Stream& stream;
  FrameSource& source;
  Log& log;
  Crypto& crypto;
  LinkMail& mail;  // between it and the agent
};

// Bytes that stand before a frame in the slab.
inline constexpr std::size_t link_slab_head = protocol::max_socket_head + protocol::frame_header_size;
// Bytes that are taken from the network at once.
inline constexpr std::size_t link_read_size = 1'024;
// Bytes of the answer to the handshake.
inline constexpr std::size_t max_link_head = 2'048;
// Between two frames the slab holds what is heard, and behind it what is said.
inline constexpr std::size_t min_link_slab = link_read_size + protocol::max_socket_head + max_link_word;

class LinkClient {
 public:
  // A picture may have `slab.size` - link_slab_head bytes; min_link_slab at least.
  LinkClient(const LinkPlatform& platform, const Server& server, Slab slab);

  // Until stop(); then says goodbye.
  void run();
  // The next thing there is to do, of which run() does one after the other.
  void act();
  // Held, it has no connection and makes none. Any thread.
  void hold(bool held);
  // Lets run() return after the action in hand. Any thread.
  void stop();

 private:
  void connect();
  void write_handshake(RequestHead& head);
  // The status of the answer; 0: none came.
  int shake_hands(std::int64_t deadline_ms);
  void listen(std::int64_t until_ms);
  void hear(std::uint8_t* data, std::size_t size);
  void hear_piece(const protocol::SocketReader::Event& event);
  void take(std::string_view text);
  void say();
  void send_frame(const LinkSend& frame);
  void say_stopped(std::uint32_t stream, std::string_view why);
  void say_goodbye(std::string_view why);
  // How many bytes it has; 0: there is none, and the log knows why.
  std::size_t take_frame(const LinkSend& frame);
  // Of what lies at `payload`, with room for a head before it; masks it where it lies.
  bool send(protocol::Opcode opcode, std::uint8_t* payload, std::size_t size);
  // Where in the slab it is written what is said besides frames.
  std::uint8_t* small() const { return slab_.data + link_read_size + protocol::max_socket_head; }
  // Of max_link_word bytes at most. False: the connection is broken.
  bool send_small(protocol::Opcode opcode, std::string_view payload);
  bool send_all(const std::uint8_t* data, std::size_t size);
  void lose(int code, std::string_view why);
  void rest();

  const LinkPlatform platform_;
  const Server server_;
  const Slab slab_;
  LinkPlanner planner_;
  protocol::SocketReader reader_{/*from_client=*/false};
  Authorization authorization_;
  // What is asked for and answered before the link stands; then a message, as far as it has come.
  struct Handshake {
    RequestHead request;
    Text<max_link_head> answer;
  };
  using Message = Text<protocol::max_link_text>;
  std::variant<Message, Handshake> text_;
  std::uint64_t message_bytes_ = 0;  // of the message, those that were passed over too
  std::atomic<bool> held_{false};
  std::atomic<bool> stop_requested_{false};
};

}  // namespace heliograph::firmware
