// WebSockets over a real connection, byte by byte.
#include "protocol/web_socket.hpp"
#include "server/http/server.hpp"
#include "server/http/test_support.hpp"

#include <atomic>

#include <gmock/gmock.h>

namespace heliograph::http::testing {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using protocol::Opcode;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr std::size_t max_bytes = 100'000;

std::string handshake(std::string_view path) {
  return "GET " + std::string(path) +
         " HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
         "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
}

std::string frame(Opcode opcode, std::string payload, bool final = true) {
  protocol::SocketHead head;
  head.final = final;
  head.opcode = opcode;
  head.masked = true;
  head.mask = {0x12, 0x34, 0x56, 0x78};
  head.length = payload.size();
  const auto bytes = protocol::write_socket_head(head);
  protocol::apply_mask(head.mask, 0, reinterpret_cast<std::uint8_t*>(payload.data()), payload.size());
  return std::string(reinterpret_cast<const char*>(bytes.bytes.data()), bytes.size) + payload;
}

// As a server sends it.
std::string plain_frame(Opcode opcode, std::string_view payload) {
  protocol::SocketHead head;
  head.opcode = opcode;
  head.length = payload.size();
  const auto bytes = protocol::write_socket_head(head);
  return std::string(reinterpret_cast<const char*>(bytes.bytes.data()), bytes.size).append(payload);
}

// Reads until that much has come.
std::string read_bytes(Client& client, std::size_t size) {
  std::string bytes;
  while (bytes.size() < size) {
    const std::string more = client.read_some();
    if (more.empty()) break;
    bytes += more;
  }
  return bytes;
}

// Handlers of one test each; they live as long as the test.
struct Sockets {
  std::atomic<WebSocket*> open = nullptr;
  std::atomic<bool> called = false;  // by who wakes it
  std::string ended;                 // the error that ended it; read after it has
  bool parted = false;               // a goodbye was said; the same
  std::atomic<bool> over = false;

  Task<void> echo(WebSocket& socket) {
    open = &socket;
    for (;;) {
      const auto message = co_await socket.receive(max_bytes);
      if (!message) {
        ended = message.error().detail;
        parted = socket.parted();
        break;
      }
      if (!*message) {
        if (called.exchange(false)) co_await socket.send_text("woken");
        co_await socket.wait(20s);
        continue;
      }
      const std::string& bytes = (*message)->bytes;
      if (bytes == "throw") throw std::runtime_error("a fault");
      if (bytes == "leave") break;
      if ((*message)->text) {
        co_await socket.send_text(bytes);
      } else {
        co_await socket.send_binary("<", bytes);
      }
    }
    open = nullptr;
    over = true;
  }

  Task<void> flood(WebSocket& socket) {
    const std::string much(1'000'000, 'x');
    while (co_await socket.send_binary("", much)) {
    }
    over = true;
  }

  Task<Response> answer(SocketBody body) {
    Response response;
    response.body = std::move(body);
    co_return response;
  }

  std::vector<Route> routes() {
    return {{Method::get, "/echo", 0,
             [this](Request&) { return answer([this](WebSocket& socket) { return echo(socket); }); }},
            {Method::get, "/flood", 0,
             [this](Request&) { return answer([this](WebSocket& socket) { return flood(socket); }); }}};
  }
};

TEST(WebSocketServer, ShakesHandsAndAnswers) {
  Sockets sockets;
  const TestServer server(sockets.routes());
  Client client = server.connect();
  const Reply reply = client.ask(handshake("/echo"));
  EXPECT_EQ(reply.status, 101);
  EXPECT_EQ(reply.header("sec-websocket-accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  client.send(frame(Opcode::text, "hello"));
  EXPECT_EQ(read_bytes(client, 7), plain_frame(Opcode::text, "hello"));
  client.send(frame(Opcode::binary, "by", false) + frame(Opcode::ping, "p") +
              frame(Opcode::continuation, "tes"));
  EXPECT_EQ(read_bytes(client, 11), plain_frame(Opcode::pong, "p") + plain_frame(Opcode::binary, "<bytes"));
}

TEST(WebSocketServer, TakesWhatCameBehindTheRequest) {
  Sockets sockets;
  const TestServer server(sockets.routes());
  Client client = server.connect();
  client.send(handshake("/echo") + frame(Opcode::text, "early"));
  std::string answer;
  while (!answer.ends_with(plain_frame(Opcode::text, "early"))) {
    const std::string more = client.read_some();
    ASSERT_NE(more, "") << answer;
    answer += more;
  }
}

TEST(WebSocketServer, CarriesLargeMessagesOverTls) {
  Sockets sockets;
  const TemporaryDirectory directory;
  const TestServer server(sockets.routes(), {}, make_certificate(directory));
  Client client = server.connect();
  ASSERT_EQ(client.ask(handshake("/echo")).status, 101);
  const std::string much(max_bytes, 'y');
  client.send(frame(Opcode::binary, much));
  const std::string wanted = plain_frame(Opcode::binary, "<" + much);
  EXPECT_EQ(read_bytes(client, wanted.size()), wanted);
}

TEST(WebSocketServer, RefusesWhatIsNoHandshake) {
  Sockets sockets;
  const TestServer server(sockets.routes());
  Client client = server.connect();
  const Reply reply = client.ask("GET /echo HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(reply.status, 426);
  EXPECT_EQ(reply.header("upgrade"), "websocket");
  EXPECT_EQ(client.ask(handshake("/echo")).status, 101) << "the connection goes on";
}

TEST(WebSocketServer, IsWokenByOthers) {
  Sockets sockets;
  TestServer server(sockets.routes());
  Client client = server.connect();
  ASSERT_EQ(client.ask(handshake("/echo")).status, 101);
  ASSERT_TRUE(eventually([&] { return sockets.open.load() != nullptr; }));
  server.server.post([&] {
    sockets.called = true;
    sockets.open.load()->wake();
  });
  EXPECT_EQ(read_bytes(client, 7), plain_frame(Opcode::text, "woken"));
  server.server.post([&] {
    sockets.called = true;
    sockets.open.load()->wake();
  });
  EXPECT_EQ(read_bytes(client, 7), plain_frame(Opcode::text, "woken"));
}

TEST(WebSocketServer, SaysWhyItCloses) {
  struct Case {
    std::string sent;
    std::string code;
    std::string why;
  };
  for (const Case& c : {Case{frame(Opcode::binary, std::string(max_bytes + 1, 'x')), "\x03\xf1", "bytes"},
                        Case{"\x81\x01x", "\x03\xea", "masked"},
                        Case{frame(Opcode::close, "\x03\xe8"), "\x03\xe8", "goodbye"}}) {
    Sockets sockets;
    const TestServer server(sockets.routes());
    Client client = server.connect();
    ASSERT_EQ(client.ask(handshake("/echo")).status, 101);
    client.send(c.sent);
    const std::string goodbye = client.read_all();
    EXPECT_THAT(goodbye, StartsWith("\x88"));
    EXPECT_EQ(goodbye.substr(2, 2), c.code);
    ASSERT_TRUE(eventually([&] { return sockets.over.load(); }));
    EXPECT_THAT(sockets.ended, HasSubstr(c.why));
    EXPECT_TRUE(sockets.parted);
  }
}

TEST(WebSocketServer, KnowsWhoWentWithoutAWord) {
  Sockets sockets;
  const TestServer server(sockets.routes());
  {
    Client client = server.connect();
    ASSERT_EQ(client.ask(handshake("/echo")).status, 101);
  }
  ASSERT_TRUE(eventually([&] { return sockets.over.load(); }));
  EXPECT_THAT(sockets.ended, HasSubstr("gone"));
  EXPECT_FALSE(sockets.parted);
}

TEST(WebSocketServer, EndsWithItsHandler) {
  Sockets sockets;
  const TestServer server(sockets.routes());
  Client leaving = server.connect();
  ASSERT_EQ(leaving.ask(handshake("/echo")).status, 101);
  leaving.send(frame(Opcode::text, "leave"));
  EXPECT_EQ(leaving.read_all(), "");
  Client failing = server.connect();
  ASSERT_EQ(failing.ask(handshake("/echo")).status, 101);
  failing.send(frame(Opcode::text, "throw"));
  EXPECT_EQ(failing.read_all().substr(2, 2), "\x03\xe9");
}

TEST(WebSocketServer, GivesUpAMessageThatDoesNotComeAlong) {
  Sockets sockets;
  Limits limits;
  limits.body_silence = 300ms;
  limits.sweep_period = 20ms;
  const TestServer server(sockets.routes(), limits);
  Client client = server.connect();
  ASSERT_EQ(client.ask(handshake("/echo")).status, 101);
  client.send(frame(Opcode::text, "whole").substr(0, 8));
  client.read_all();
  EXPECT_TRUE(eventually([&] { return sockets.over.load(); }));
  EXPECT_THAT(sockets.ended, HasSubstr("slowly"));
}

TEST(WebSocketServer, LetsGoOfWhoTakesNothing) {
  Sockets sockets;
  Limits limits;
  limits.socket_write_silence = 200ms;
  limits.sweep_period = 20ms;
  const TestServer server(sockets.routes(), limits);
  Client client = server.connect(/*receive_buffer_bytes=*/4096);
  client.send(handshake("/flood"));
  EXPECT_TRUE(eventually([&] { return sockets.over.load(); }));
}

TEST(WebSocketServer, EndsAtOnceWhenTheServerStops) {
  Sockets sockets;
  TestServer server(sockets.routes());
  Client client = server.connect();
  ASSERT_EQ(client.ask(handshake("/echo")).status, 101);
  ASSERT_TRUE(eventually([&] { return sockets.open.load() != nullptr; }));
  const auto began = std::chrono::steady_clock::now();
  server.server.stop(10s);
  EXPECT_LT(std::chrono::steady_clock::now() - began, 3s);
}

}  // namespace
}  // namespace heliograph::http::testing
