#include "firmware/core/link_client.hpp"

#include "firmware/core/crc32.hpp"
#include "firmware/core/platform/fake_crypto.hpp"
#include "firmware/core/platform/fake_frame_source.hpp"
#include "firmware/core/platform/fake_lock.hpp"
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
using ::testing::Not;
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
      R"({"type":"start-live","stream":7,"fps":10,"width":640,"quality":75,"lease_ms":10000,"credits":)" +
      std::to_string(credits) + "}");
}

struct Client : testing::Test {
  FakeClock clock;
  FakeRandom random;
  FakeStream stream{clock};
  FakeFrameSource source;
  FakeLog log;
  FakeCrypto crypto;
  FakeLock lock;
  LinkMail mail{clock, stream, lock};
  std::vector<std::uint8_t> slab = std::vector<std::uint8_t>(10'000);
  LinkPlatform platform{clock, random, stream, source, log, crypto, mail};
  LinkClient client{
      platform, {"photos.example.org", 443, true, "/cameras", "the-key"}, {slab.data(), slab.size()}};

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

TEST_F(Client, ShakesHands) {
  answer(welcome_head + text(R"({"type":"welcome","server_time":1,"ping_s":50})"));
  EXPECT_FALSE(mail.take().up);
  act(1);
  EXPECT_THAT(stream.received.at(0),
              StartsWith("GET /cameras/device/v1/link HTTP/1.1\r\nHost: photos.example.org\r\n"));
  EXPECT_THAT(stream.received.at(0), HasSubstr("\r\nAuthorization: Bearer the-key\r\n"));
  EXPECT_THAT(stream.received.at(0), HasSubstr("\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"));
  EXPECT_THAT(said(), ElementsAre());
  EXPECT_THAT(log.lines, ElementsAre("linked"));
  EXPECT_TRUE(mail.take().up);
}

TEST_F(Client, SignsInsteadOfShowingItsKey) {
  clock.wall_offset_ms = 1'795'000'000'000;
  LinkClient signing{platform, {"h", 80, false, "", "the-key", "1m81wctr5b8y7"}, {slab.data(), slab.size()}};
  answer("HTTP/1.1 425 Too Early\r\ndate: Sun, 22 Nov 2026 15:01:02 GMT\r\n\r\n");
  signing.act();
  EXPECT_THAT(
      stream.received.at(0),
      HasSubstr("\r\nAuthorization: Heliograph-HMAC-SHA256 camera=1m81wctr5b8y7, time=1795000001000"));
  EXPECT_THAT(stream.received.at(0), Not(HasSubstr("the-key")));
  EXPECT_THAT(crypto.signed_text,
              StartsWith("Heliograph-HMAC-SHA256\nGET\n/device/v1/link\n1m81wctr5b8y7\n"));
  EXPECT_EQ(clock.offered_wall_ms, 1'795'359'662'000) << "and learns what time it is";
}

TEST_F(Client, CarriesWhatTheAgentSaysAndWhatItIsAnswered) {
  const std::string heard = R"({"type":"heard","number":1,"server_time":5,"orders":{"command":{"id":"c"}}})";
  answer(welcome_head + text(R"({"type":"orders"})"));
  act(1);
  EXPECT_TRUE(mail.take().called);
  ASSERT_EQ(mail.say(R"({"boot":"b"})"), 1U);
  act(1);
  EXPECT_THAT(said(), ElementsAre(R"({"type":"heartbeat","number":1,"boot":"b"})"));
  for (const char* none : {R"({"type":"heard"})", R"({"type":"heard","number":-1})",
                           R"({"type":"heard","number":4294967296})", R"({"type":"heard","number":"1"})"}) {
    stream.say(text(none));
    act(1);
    EXPECT_FALSE(mail.take().answered) << none;
  }
  stream.say(text(heard));
  act(1);
  const LinkMail::News news = mail.take();
  EXPECT_EQ(news.answered, 1U);
  EXPECT_EQ(news.answer, heard);
}

TEST_F(Client, SaysGoodbyeWhenItIsToSleepAndComesBack) {
  answer(welcome_head);
  answer(welcome_head);
  act(1);
  mail.rest(clock.now_ms + 50'000);
  act(2);
  EXPECT_EQ(stream.received.at(0).substr(stream.received.at(0).size() - 8, 2), "\x88\x82");
  EXPECT_FALSE(mail.take().up);
  const std::int64_t slept_until_ms = clock.now_ms;
  EXPECT_GE(slept_until_ms, 50'000);
  act(1);
  EXPECT_EQ(stream.connects, 2);
}

TEST_F(Client, SaysThatAStreamIsOver) {
  source.connected = false;
  answer(welcome_head + start(2));
  act(2 + 2 * max_frame_failures);
  EXPECT_THAT(said(), ElementsAre(R"({"type":"stopped","stream":7,"reason":"the sensor does not answer"})"));
}

TEST_F(Client, TakesPicturesAsTheyAreWanted) {
  answer(welcome_head + start(1));
  act(3);
  EXPECT_EQ(source.wanted.width, 640);
  EXPECT_EQ(source.wanted.quality, 75);
}

TEST_F(Client, SendsFramesWhileItHasCredits) {
  for (const std::size_t piece : {std::size_t{1}, SIZE_MAX}) {
    const std::size_t connection = stream.received.size();
    answer(welcome_head + start(2), piece);
    act(piece == 1 ? 200 : 8);
    const auto messages = said(connection);
    ASSERT_EQ(messages.size(), 2U);
    for (std::uint32_t i = 0; i < 2; ++i) {
      const std::string& message = messages.at(i);
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
  const std::string message = said().at(0);
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
  EXPECT_THAT(said(), ElementsAre());
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
  act(3);
  EXPECT_THAT(log.lines, Contains("link lost: replaced"));
  const std::int64_t replaced_ms = clock.now_ms;
  act(2);
  EXPECT_EQ(stream.connects, 3);
  EXPECT_GE(clock.now_ms, replaced_ms + replaced_pause_ms);
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
  EXPECT_EQ(said().size(), 1U);
}

TEST_F(Client, DoesNotWaitForTheEndOfAMessageThatHasNone) {
  answer(welcome_head + "\x81\x7f\x7f\xff\xff\xff\xff\xff\xff\xff{\"type\":");
  std::string pieces = welcome_head + std::string("\x01\x7e\x10\x00", 4) + std::string(4096, ' ');
  for (int i = 0; i < 20; ++i) pieces += std::string("\x00\x7e\x10\x00", 4) + std::string(4096, ' ');
  answer(pieces);
  act(100);
  EXPECT_THAT(log.lines, Contains("link lost: the server sends a message without an end").Times(2));
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
