#include "protocol/web_socket.hpp"

#include <cstring>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::protocol {
namespace {

using namespace std::string_literals;
using testing::ElementsAre;

// Everything that comes of `bytes` when they arrive in pieces of `step`, as a person would note it down.
std::vector<std::string> read_all(std::string bytes, bool from_client, std::size_t step) {
  SocketReader reader(from_client);
  std::vector<std::string> seen;
  std::string message;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    auto* data = reinterpret_cast<std::uint8_t*>(bytes.data() + at);
    std::size_t size = std::min(step, bytes.size() - at);
    for (;;) {
      std::size_t used = 0;
      const auto event = reader.take(data, size, used);
      data += used;
      size -= used;
      const std::string text(event.data);
      if (event.kind == SocketReader::Kind::nothing) break;
      if (event.kind == SocketReader::Kind::ping) seen.push_back("ping " + text);
      if (event.kind == SocketReader::Kind::pong) seen.push_back("pong " + text);
      if (event.kind == SocketReader::Kind::close) seen.push_back("close " + text);
      if (event.kind == SocketReader::Kind::broken) {
        seen.push_back("broken: " + std::string(event.why));
        return seen;
      }
      if (event.kind != SocketReader::Kind::piece) continue;
      message += text;
      if (!event.last) continue;
      seen.push_back((event.text ? "text " : "binary ") + message);
      message.clear();
    }
  }
  return seen;
}

TEST(WebSocket, ReadsTheExamplesOfTheStandard) {
  for (const std::size_t step : {1U, 2U, 3U, 100U}) {
    EXPECT_THAT(read_all("\x81\x05Hello", false, step), ElementsAre("text Hello"));
    EXPECT_THAT(read_all("\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58", true, step),
                ElementsAre("text Hello"));
    EXPECT_THAT(read_all("\x01\x03Hel\x80\x02lo", false, step), ElementsAre("text Hello"));
    EXPECT_THAT(read_all("\x89\x05Hello", false, step), ElementsAre("ping Hello"));
    EXPECT_THAT(read_all("\x8a\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58", true, step),
                ElementsAre("pong Hello"));
  }
}

TEST(WebSocket, TakesControlFramesWithinAMessage) {
  EXPECT_THAT(read_all("\x01\x03Hel\x89\x00\x80\x02lo\x88\x02\x03\xe8"s, false, 1),
              ElementsAre("ping ", "text Hello", "close \x03\xe8"));
}

TEST(WebSocket, TakesEmptyMessages) {
  EXPECT_THAT(read_all("\x82\x00\x81\x00"s, false, 1), ElementsAre("binary ", "text "));
}

TEST(WebSocket, ReadsWhatItWrites) {
  for (const std::size_t size : {0U, 1U, 125U, 126U, 127U, 65535U, 65536U, 70000U}) {
    for (const bool masked : {false, true}) {
      SocketHead head;
      head.opcode = Opcode::binary;
      head.masked = masked;
      head.mask = {1, 2, 3, 250};
      head.length = size;
      const SocketHeadBytes written = write_socket_head(head);
      std::string payload(size, 'x');
      for (std::size_t i = 0; i < size; ++i) payload[i] = static_cast<char>(i * 7);
      std::string bytes(reinterpret_cast<const char*>(written.bytes.data()), written.size);
      std::string sent = payload;
      if (masked) apply_mask(head.mask, 0, reinterpret_cast<std::uint8_t*>(sent.data()), size);
      bytes += sent;
      EXPECT_THAT(read_all(bytes, masked, 1000), ElementsAre("binary " + payload)) << size;
    }
  }
}

TEST(WebSocket, BreaksOffWhatTheStandardForbids) {
  struct Case {
    std::string bytes;
    std::string why;
  };
  for (const Case& c : {
           Case{"\xc1\x00"s, "an extension was used that nobody agreed on"},
           Case{"\x83\x00"s, "a frame has an unknown opcode"},
           Case{"\x81\x80\x00\x00\x00\x00"s, "frames must be masked by the client, and by it only"},
           Case{"\x09\x00"s, "a control frame is too long, or in pieces"},
           Case{"\x89\x7e\x00\x7e"s, "a control frame is too long, or in pieces"},
           Case{"\x81\x7e\x00\x7d"s, "a length was written longer than it is"},
           Case{"\x82\x7f\x00\x00\x00\x00\x00\x00\xff\xff"s, "a length is not one"},
           Case{"\x82\x7f\x80\x00\x00\x00\x00\x00\x00\x00"s, "a length is not one"},
           Case{"\x80\x00"s, "a message began within another"},
           Case{"\x01\x00\x01\x00"s, "a message began within another"},
           Case{"\x88\x01\x03"s, "a close has half a code"},
       }) {
    const auto seen = read_all(c.bytes, false, 1);
    ASSERT_FALSE(seen.empty()) << c.why;
    EXPECT_EQ(seen.back(), "broken: " + c.why);
  }
}

TEST(WebSocket, StaysBroken) {
  SocketReader reader(true);
  std::uint8_t bytes[] = {0x81, 0x00, 0x89, 0x80, 0, 0, 0, 0};
  std::size_t used = 0;
  EXPECT_EQ(reader.take(bytes, sizeof bytes, used).kind, SocketReader::Kind::broken);
  EXPECT_EQ(reader.take(bytes + 2, 6, used).kind, SocketReader::Kind::broken);
}

TEST(WebSocket, KnowsWhetherItIsInTheMiddle) {
  SocketReader reader(false);
  EXPECT_FALSE(reader.in_message());
  std::uint8_t bytes[] = {0x01, 0x01, 'x', 0x80, 0x00};
  std::size_t used = 0;
  reader.take(bytes, 1, used);
  EXPECT_TRUE(reader.in_message());
  reader.take(bytes + 1, 2, used);
  EXPECT_TRUE(reader.in_message());
  EXPECT_TRUE(reader.take(bytes + 3, 2, used).last);
  EXPECT_FALSE(reader.in_message());
}

}  // namespace
}  // namespace heliograph::protocol
