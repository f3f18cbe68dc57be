#include "firmware/core/link_client.hpp"

#include "firmware/core/crc32.hpp"
#include "firmware/core/platform/fake_frame_source.hpp"
#include "firmware/core/platform/fake_log.hpp"
#include "firmware/core/platform/fake_random.hpp"
#include "firmware/core/platform/fake_stream.hpp"
#include "protocol/frame.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::string welcome_head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n";

std::string text(std::string_view json) {
  protocol::SocketHead head;
  head.length = json.size();
  const auto bytes = protocol::write_socket_head(head);
  return std::string(reinterpret_cast<const char*>(bytes.bytes.data()), bytes.size).append(json);
}

std::string start(int credits) {
  return text(
      R"({"type":"start-live","stream":7,"fps":10,"width":0,"quality":75,"lease_ms":10000,"credits":)" +
      std::to_string(credits) + "}");
}

struct Client : testing::Test {
  FakeClock clock;
  FakeRandom random;
  FakeStream stream{clock};
  FakeFrameSource source;
  FakeLog log;
  std::vector<std::uint8_t> slab = std::vector<std::uint8_t>(10'000);
  LinkClient client{{clock, random, stream, source, log},
                    {"photos.example.org", 443, true, "/cameras", "the-key"},
                    {"model", "sensor", "1.0"},
                    {slab.data(), slab.size()}};

  void answer(std::string what, std::size_t piece = SIZE_MAX) {
    FakeConnection connection;
    connection.replies.push_back({1, std::move(what)});
    connection.piece = piece;
    stream.script.push_back(connection);
  }
  void act(int times) {
    for (int i = 0; i < times; ++i) client.act();
  }
  // What was sent behind the handshake, message by message.
  std::vector<std::string> said(std::size_t connection = 0) {
    std::string bytes = stream.received.at(connection);
    bytes.erase(0, bytes.find("\r\n\r\n") + 4);
    protocol::SocketReader reader(/*from_client=*/true);
    std::vector<std::string> messages;
    std::string message;
    auto* data = reinterpret_cast<std::uint8_t*>(bytes.data());
    for (std::size_t size = bytes.size();;) {
      std::size_t used = 0;
      const auto event = reader.take(data, size, used);
      data += used;
      size -= used;
      EXPECT_NE(event.kind, protocol::SocketReader::Kind::broken) << event.why;
      if (event.kind == protocol::SocketReader::Kind::nothing) return messages;
      if (event.kind == protocol::SocketReader::Kind::pong) messages.emplace_back("pong");
      if (event.kind != protocol::SocketReader::Kind::piece) continue;
      message += event.data;
      if (event.last) messages.push_back(std::exchange(message, {}));
    }
  }
};

TEST_F(Client, ShakesHandsAndSaysWhatItIs) {
  answer(welcome_head + text(R"({"type":"welcome","server_time":1,"ping_s":50})"));
  act(2);
  EXPECT_THAT(stream.received.at(0),
              StartsWith("GET /cameras/device/v1/link HTTP/1.1\r\nHost: photos.example.org\r\n"));
  EXPECT_THAT(stream.received.at(0), HasSubstr("\r\nAuthorization: Bearer the-key\r\n"));
  EXPECT_THAT(stream.received.at(0), HasSubstr("\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"));
  EXPECT_THAT(said(), ElementsAre(AllOf(HasSubstr(R"("type":"hello","model":"model")"),
                                        HasSubstr(R"("capabilities":{"live":true})"))));
  EXPECT_THAT(log.lines, ElementsAre("linked"));
}

TEST_F(Client, SendsFramesWhileItHasCredits) {
  for (const std::size_t piece : {std::size_t{1}, SIZE_MAX}) {
    const std::size_t connection = stream.received.size();
    answer(welcome_head + start(2), piece);
    act(piece == 1 ? 200 : 8);
    const auto messages = said(connection);
    ASSERT_EQ(messages.size(), 3U);
    for (std::uint32_t i = 0; i < 2; ++i) {
      const std::string& message = messages.at(i + 1);
      protocol::FrameHeader header;
      ASSERT_EQ(protocol::decode_frame_header(reinterpret_cast<const std::uint8_t*>(message.data()),
                                              message.size(), header),
                nullptr);
      EXPECT_EQ(header.stream, 7U);
      EXPECT_EQ(header.sequence, i);
      EXPECT_FALSE(header.time_is_believed) << "nobody has told it the time";
      EXPECT_EQ(message.substr(protocol::frame_header_size), FakeFrameSource::smallest_jpeg);
      EXPECT_EQ(header.crc, crc32(FakeFrameSource::smallest_jpeg.data(), 4));
    }
    act(200);  // silence: it hangs up, and comes back
  }
  EXPECT_THAT(log.lines, Contains("link lost: nothing was heard for two minutes"));
}

TEST_F(Client, SaysWhenAFrameWasTaken) {
  clock.wall_offset_ms = 1'795'000'000'000;
  answer(welcome_head + start(1));
  act(3);
  protocol::FrameHeader header;
  const std::string message = said().at(1);
  ASSERT_EQ(protocol::decode_frame_header(reinterpret_cast<const std::uint8_t*>(message.data()),
                                          message.size(), header),
            nullptr);
  EXPECT_TRUE(header.time_is_believed);
  EXPECT_GE(header.captured_at_ms, 1'795'000'000'000);
}

TEST_F(Client, SendsNothingThatIsNoPicture) {
  source.pictures = {"noise", "\xFF\xD8 cut off"};
  answer(welcome_head + start(2));
  act(4);
  EXPECT_EQ(said().size(), 1U) << "the hello";
}

TEST_F(Client, AnswersPings) {
  answer(welcome_head + std::string("\x89\x02hi", 4));
  act(2);
  EXPECT_THAT(said(), Contains("pong"));
}

TEST_F(Client, ComesBackWhenTheLinkEnds) {
  FakeConnection broken;
  broken.replies.push_back({1, welcome_head});
  broken.closes_after_replies = true;
  stream.script.push_back(broken);
  answer(welcome_head + std::string("\x88\x0a\x0f\xa1replaced", 12));
  answer(welcome_head);
  act(6);
  EXPECT_THAT(log.lines, Contains("link lost: replaced"));
  const std::int64_t replaced_ms = clock.now_ms;
  act(4);
  EXPECT_EQ(stream.connects, 3);
  EXPECT_GE(clock.now_ms, replaced_ms);
}

TEST_F(Client, DoesNotTakeWhatIsNoServerForOne) {
  for (const char* answered :
       {"HTTP/1.1 404 Not Found\r\n\r\n", "HTTP/1.0 101 x\r\n\r\n", "SSH-2.0\r\n\r\n"}) {
    answer(answered);
    act(1);
    clock.now_ms += no_link_pause_ms;
  }
  answer(std::string(10'000, 'x'));
  act(1);
  EXPECT_EQ(stream.connects, 4);
  EXPECT_TRUE(log.lines.empty());
}

TEST_F(Client, PassesOverTextsThatAreTooLong) {
  answer(welcome_head + text(std::string(5'000, ' ')) + start(1));
  act(12);
  EXPECT_EQ(said().size(), 2U);
}

TEST_F(Client, GivesUpAServerThatTakesNothing) {
  FakeConnection stuck;
  stuck.replies.push_back({1, welcome_head});
  stuck.takes_at_most = 100;
  stream.script.push_back(stuck);
  const std::int64_t began_ms = clock.now_ms;
  act(1);
  EXPECT_LE(clock.now_ms - began_ms, exchange_base_ms);
  EXPECT_TRUE(log.lines.empty());
}

}  // namespace
}  // namespace heliograph::firmware
