// Clients that are slow, silent, many or gone. The limits are those of the product, made small.
#include "server/http/server.hpp"
#include "server/http/test_support.hpp"

#include <algorithm>
#include <fcntl.h>
#include <filesystem>
#include <sys/resource.h>
#include <unistd.h>

#include <gmock/gmock.h>

namespace heliograph::http::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

Limits small_limits() {
  Limits limits;
  limits.sweep_period = 10ms;
  limits.handshake_time = 300ms;
  limits.header_time = 300ms;
  limits.idle_time = 300ms;
  limits.body_silence = 200ms;
  limits.body_grace = 400ms;
  limits.body_bytes_per_s = 10'000;
  limits.write_silence = 300ms;
  limits.linger_silence = 200ms;
  limits.linger_time = 500ms;
  return limits;
}

Task<Response> swallow(Request& request) {
  std::size_t bytes = 0;
  for (;;) {
    const auto piece = co_await request.body->next();
    if (!piece) co_return problem_response(piece.error());
    if (piece->empty()) break;
    bytes += piece->size();
  }
  co_return text_response(200, std::to_string(bytes));
}

constexpr std::size_t large_bytes = 50'000'000;  // more than all socket buffers take

Task<Response> large(Request&) {
  co_return text_response(200, std::string(large_bytes, 'x'));
}

Task<void> write_for_ever(BodyWriter& writer) {
  const std::string piece(100'000, 'x');
  while (co_await writer.write(piece)) {
  }
}

Task<Response> endless(Request&) {
  Response response;
  response.body = StreamBody(write_for_ever);
  co_return response;
}

class ServerLimitsTest : public ::testing::TestWithParam<bool> {
 protected:
  static std::vector<Route> routes() {
    return {{Method::post, "/swallow", 1'000'000'000, swallow},
            {Method::get, "/large", 0, large},
            {Method::get, "/endless", 0, endless}};
  }

  std::optional<TlsFiles> tls_files() {
    return GetParam() ? std::optional(make_certificate(directory_)) : std::nullopt;
  }

  ServerStats stats() const { return server_.server.stats(); }
  bool all_closed() const {
    return eventually([this] { return stats().connections_accepted > 0 && stats().connections_open == 0; });
  }

  TemporaryDirectory directory_;
  TestServer server_{routes(), small_limits(), tls_files()};
};

INSTANTIATE_TEST_SUITE_P(Streams, ServerLimitsTest, ::testing::Bool(),
                         [](const auto& info) { return info.param ? "Tls" : "Plain"; });

// Sends `text` one byte at a time; returns what the server said when it had enough.
std::string trickle(Client& client, std::string_view text, std::chrono::milliseconds pause) {
  for (const char c : text) {
    if (!client.send({&c, 1})) break;
    std::this_thread::sleep_for(pause);
  }
  return client.read_all();
}

TEST_P(ServerLimitsTest, GivesUpAHeaderThatComesByteByByte) {
  Client client = server_.connect();
  EXPECT_THAT(trickle(client, "GET /large HTTP/1.1\r\nHost: heliograph\r\n", 20ms),
              StartsWith("HTTP/1.1 408 "));
  EXPECT_TRUE(all_closed());
  EXPECT_EQ(stats().timeouts, 1U);
}

TEST_P(ServerLimitsTest, GivesUpAHeaderThatStops) {
  Client client = server_.connect();
  EXPECT_EQ(client.ask("GET /large HTTP/1.1\r\nHo").status, 408);
}

TEST_P(ServerLimitsTest, GivesUpASilentBody) {
  Client client = server_.connect();
  const Reply reply = client.ask("POST /swallow HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nhello");
  EXPECT_EQ(reply.status, 408);
  EXPECT_THAT(reply.body, HasSubstr("after 5 of 100 bytes"));
  EXPECT_EQ(reply.header("Connection"), "close");
  EXPECT_EQ(stats().timeouts, 1U);
}

TEST_P(ServerLimitsTest, GivesUpABodyThatComesByteByByte) {
  Client client = server_.connect();
  client.send("POST /swallow HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n");
  EXPECT_THAT(trickle(client, std::string(50, 'x'), 20ms), StartsWith("HTTP/1.1 408 "));
}

TEST_P(ServerLimitsTest, GivesUpAChunkedBodyOfTinyChunks) {
  Client client = server_.connect();
  client.send("POST /swallow HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
  EXPECT_THAT(trickle(client, "1\r\nx\r\n1\r\nx\r\n1\r\nx\r\n1\r\nx\r\n1\r\nx\r\n1\r\nx\r\n", 20ms),
              StartsWith("HTTP/1.1 408 "));
}

TEST_P(ServerLimitsTest, WaitsForASenderThatIsSlowButSteady) {
  Client client = server_.connect();
  client.send("POST /swallow HTTP/1.1\r\nHost: h\r\nContent-Length: 30000\r\n\r\n");
  const std::string piece(1000, 'x');
  for (int i = 0; i < 30; ++i) {  // 20 KB/s, longer than any of the times
    ASSERT_TRUE(client.send(piece));
    std::this_thread::sleep_for(50ms);
  }
  EXPECT_EQ(client.read_reply().body, "30000");
}

TEST_P(ServerLimitsTest, ClosesAnIdleConnectionWithoutAWord) {
  Client client = server_.connect();
  EXPECT_THAT(client.read_all(), IsEmpty());
  EXPECT_FALSE(client.was_reset());
  Client used = server_.connect();
  EXPECT_EQ(used.ask("POST /swallow HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx").status, 200);
  EXPECT_THAT(used.read_all(), IsEmpty());
  EXPECT_EQ(stats().timeouts, 0U) << "that is no fault of anybody";
}

TEST_P(ServerLimitsTest, GivesUpAReaderThatTakesNothing) {
  Client client = server_.connect(/*receive_buffer_bytes=*/4096);
  client.send("GET /large HTTP/1.1\r\nHost: h\r\n\r\n");
  client.read_some();  // so it was let in
  EXPECT_TRUE(all_closed());
  EXPECT_EQ(stats().timeouts, 1U);
}

TEST_P(ServerLimitsTest, GivesUpAStreamThatNobodyReads) {
  Client client = server_.connect(/*receive_buffer_bytes=*/4096);
  client.send("GET /endless HTTP/1.1\r\nHost: h\r\n\r\n");
  client.read_some();  // so it was let in
  EXPECT_TRUE(all_closed());
}

TEST_P(ServerLimitsTest, EndsAStreamWhoseReaderVanished) {
  Client client = server_.connect();
  client.send("GET /endless HTTP/1.1\r\nHost: h\r\n\r\n");
  client.read_some();
  client.reset();
  EXPECT_TRUE(all_closed());
}

TEST_P(ServerLimitsTest, DoesNotLingerForEver) {
  Client client = server_.connect();
  client.send("GET /nowhere HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(client.read_reply().status, 404);
  while (client.send("more and more")) std::this_thread::sleep_for(5ms);
  EXPECT_TRUE(all_closed());
}

TEST(ServerLimits, HoldsAThousandIdleConnections) {
  TestServer server({});
  std::vector<Client> clients;
  for (int i = 0; i < 1000; ++i) clients.push_back(server.connect());
  EXPECT_EQ(clients.back().ask("GET / HTTP/1.1\r\nHost: h\r\n\r\n").status, 404);
  EXPECT_EQ(clients.front().ask("GET / HTTP/1.1\r\nHost: h\r\n\r\n").status, 404);
  EXPECT_EQ(server.server.stats().connections_open, 1000U);
  server.server.stop(10s);
  EXPECT_EQ(server.server.stats().connections_open, 0U);
}

TEST(ServerLimits, GivesUpAHandshakeThatStops) {
  TemporaryDirectory directory;
  TestServer server({}, small_limits(), make_certificate(directory));
  Client silent(server.port, /*tls=*/false);
  EXPECT_THAT(silent.read_all(), IsEmpty());
  Client stopped(server.port, /*tls=*/false);
  stopped.send("\x16\x03\x01");
  EXPECT_THAT(stopped.read_all(), IsEmpty());
}

TEST(ServerLimits, TellsAPlainClientToUseTls) {
  TemporaryDirectory directory;
  TestServer server({}, small_limits(), make_certificate(directory));
  Client client(server.port, /*tls=*/false);
  EXPECT_THAT(client.ask("GET / HTTP/1.1\r\nHost: h\r\n\r\n").body, HasSubstr("https://"));
}

TEST(ServerLimits, LetsConnectionsWaitBeyondTheMost) {
  Limits limits = small_limits();
  limits.idle_time = 10s;
  limits.connections = 2;
  TestServer server({}, limits);
  Client first = server.connect();
  std::optional<Client> second(server.connect());
  EXPECT_TRUE(eventually([&] { return server.server.stats().connections_open == 2; }));
  Client third = server.connect();
  third.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  std::this_thread::sleep_for(50ms);
  EXPECT_EQ(server.server.stats().connections_accepted, 2U);
  second.reset();
  EXPECT_EQ(third.read_reply().status, 404) << "its turn has come";
}

TEST(ServerLimits, SendsNoTwoAwayForTheSameTime) {
  TestServer server({{Method::get, "/busy", 0, [](Request&) -> Task<Response> {
                        co_return problem_response({ErrorKind::unavailable, "busy", 100s});
                      }}});
  Client client = server.connect();
  std::vector<int> told;
  for (int i = 0; i < 50; ++i) {
    told.push_back(std::stoi(client.ask("GET /busy HTTP/1.1\r\nHost: h\r\n\r\n").header("Retry-After")));
  }
  std::ranges::sort(told);
  EXPECT_GE(told.front(), 100);
  EXPECT_LE(told.back(), 200);
  EXPECT_GT(told.back() - told.front(), 30) << "50 even throws of 101 fall closer once in a universe";
}

// The number of open files of this process, and the limit, for one test.
class OpenFilesLimit {
 public:
  OpenFilesLimit() { ::getrlimit(RLIMIT_NOFILE, &before_); }
  ~OpenFilesLimit() { ::setrlimit(RLIMIT_NOFILE, &before_); }

  // Leaves room for so many more.
  void leave(rlim_t more) {
    rlimit tight = before_;
    tight.rlim_cur = static_cast<rlim_t>(highest_open()) + 1 + more;
    ::setrlimit(RLIMIT_NOFILE, &tight);
  }

 private:
  static int highest_open() {
    int highest = 0;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
      highest = std::max(highest, std::stoi(entry.path().filename()));
    }
    return highest;
  }

  rlimit before_{};
};

TEST(ServerLimits, OutlivesALackOfDescriptors) {
  Limits limits = small_limits();
  limits.idle_time = 10s;
  TestServer server({}, limits);
  Client first = server.connect();
  EXPECT_EQ(first.ask("GET / HTTP/1.1\r\nHost: h\r\n\r\n").status, 404);
  std::optional<OpenFilesLimit> tight(std::in_place);
  std::vector<int> fillers;  // the gaps below the highest
  tight->leave(0);
  for (int file = ::open("/dev/null", O_RDONLY); file >= 0; file = ::open("/dev/null", O_RDONLY))
    fillers.push_back(file);
  ::close(fillers.back());  // for our end; the server's finds none
  fillers.pop_back();
  Client second = server.connect();
  second.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  std::this_thread::sleep_for(300ms);
  EXPECT_EQ(server.server.stats().connections_accepted, 1U);
  EXPECT_EQ(first.ask("GET / HTTP/1.1\r\nHost: h\r\n\r\n").status, 404) << "who is connected is served";
  for (const int file : fillers) ::close(file);
  tight.reset();
  EXPECT_EQ(second.read_reply().status, 404) << "and who waits is not forgotten";
}

}  // namespace
}  // namespace heliograph::http::testing
