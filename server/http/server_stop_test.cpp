// How a server starts, and how it ends: what is idle or endless at once, what is in hand when it is done.
#include "server/http/await.hpp"
#include "server/http/server.hpp"
#include "server/http/test_support.hpp"

#include <condition_variable>
#include <mutex>

#include <gmock/gmock.h>

namespace heliograph::http::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using Clock = std::chrono::steady_clock;

// Tells the test's thread that the server's came to a place.
class Signal {
 public:
  void give() {
    const std::lock_guard lock(mutex_);
    given_ = true;
    changed_.notify_all();
  }
  bool wait() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, 10s, [this] { return given_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool given_ = false;
};

// Coroutines for one test each; they live as long as the test.
struct Handlers {
  Signal reached;
  Signal unwound;
  std::shared_ptr<Gate> gate;

  Task<Response> slow(std::chrono::milliseconds time) {
    reached.give();
    Gate never;
    co_await never.wait(time);
    co_return text_response(200, "done");
  }

  Task<void> events(BodyWriter& writer) {
    struct Unwound {
      Signal& signal;
      ~Unwound() { signal.give(); }
    } const at_end{unwound};
    co_await writer.write("data: first\n\n");
    reached.give();
    Gate never;
    for (;;) {
      co_await never.wait(1h);
      co_await writer.write("data: next\n\n");
    }
  }

  Task<Response> stream() {
    Response response;
    response.content_type = "text/event-stream";
    response.body = StreamBody([this](BodyWriter& writer) { return events(writer); });
    co_return response;
  }

  std::vector<Route> routes() {
    return {{Method::get, "/slow", 0, [this](Request&) { return slow(200ms); }},
            {Method::get, "/hanging", 0, [this](Request&) { return slow(1h); }},
            {Method::get, "/events", 0, [this](Request&) { return stream(); }}};
  }
};

class ServerStopTest : public ::testing::TestWithParam<bool> {
 protected:
  std::optional<TlsFiles> tls_files() {
    return GetParam() ? std::optional(make_certificate(directory_)) : std::nullopt;
  }

  std::chrono::milliseconds time_to_stop(std::chrono::milliseconds grace) {
    const auto began = Clock::now();
    server_.server.stop(grace);
    return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - began);
  }

  TemporaryDirectory directory_;
  Handlers handlers_;
  TestServer server_{handlers_.routes(), {}, tls_files()};
  Client client_ = server_.connect();
};

INSTANTIATE_TEST_SUITE_P(Streams, ServerStopTest, ::testing::Bool(),
                         [](const auto& info) { return info.param ? "Tls" : "Plain"; });

TEST_P(ServerStopTest, ClosesIdleConnectionsAtOnce) {
  EXPECT_EQ(client_.ask("GET /nowhere HTTP/1.1\r\nHost: h\r\n\r\n").status, 404);
  EXPECT_LT(time_to_stop(10s), 2s);
  EXPECT_THAT(client_.read_all(), IsEmpty());
  EXPECT_THROW(server_.connect(), std::runtime_error) << "nobody listens any more";
}

TEST_P(ServerStopTest, EndsEventStreamsAtOnce) {
  client_.send("GET /events HTTP/1.1\r\nHost: h\r\n\r\n");
  ASSERT_TRUE(handlers_.reached.wait());
  EXPECT_LT(time_to_stop(10s), 2s);
  EXPECT_TRUE(handlers_.unwound.wait()) << "the producer's destructors ran";
  EXPECT_THAT(client_.read_all(), HasSubstr("data: first"));
}

TEST_P(ServerStopTest, FinishesTheRequestInHand) {
  client_.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
  ASSERT_TRUE(handlers_.reached.wait());
  std::thread stopper([this] { server_.server.stop(10s); });
  const Reply reply = client_.read_reply();
  EXPECT_EQ(reply.body, "done");
  EXPECT_EQ(reply.header("Connection"), "close");
  {
    const Client gone = std::move(client_);
  }  // the server lingers until we are
  stopper.join();
}

TEST_P(ServerStopTest, AbortsWhatTakesLongerThanTheGrace) {
  client_.send("GET /hanging HTTP/1.1\r\nHost: h\r\n\r\n");
  ASSERT_TRUE(handlers_.reached.wait());
  EXPECT_LT(time_to_stop(100ms), 2s);
  EXPECT_THAT(client_.read_all(), IsEmpty());
}

TEST_P(ServerStopTest, AbortsASenderInMidHeader) {
  client_.send("GET /slow HTTP/1.1\r\n");
  EXPECT_TRUE(eventually([this] { return server_.server.stats().connections_open == 1; }));
  EXPECT_LT(time_to_stop(100ms), 2s);
}

TEST(ServerStop, MayComeTwiceOrWithoutAStart) {
  const SystemClock clock;
  Log log(LogFormat::text, LogLevel::error);
  Server never_started({"127.0.0.1", 0, {}, {}}, {}, clock, log);
  never_started.stop(1s);
  TestServer server({});
  server.server.stop(1s);
  server.server.stop(1s);
}

TEST(ServerPost, RunsTasksOnTheNetThreadUntilItStops) {
  TestServer server({});
  Signal ran;
  server.server.post([&ran] { ran.give(); });
  EXPECT_TRUE(ran.wait());
  server.server.post([] { throw std::runtime_error("a bug of a task"); });
  Signal ran_after_a_bug;
  server.server.post([&ran_after_a_bug] { ran_after_a_bug.give(); });
  EXPECT_TRUE(ran_after_a_bug.wait());
  server.server.stop(1s);
  server.server.post([] { FAIL() << "dropped, not run"; });
}

class ServerStartTest : public ::testing::Test {
 protected:
  Result<std::uint16_t> start(ServerOptions options) {
    server_.emplace(std::move(options), std::vector<Route>{}, clock_, log_);
    return server_->start();
  }

  SystemClock clock_;
  Log log_{LogFormat::text, LogLevel::error};
  std::optional<Server> server_;
};

TEST_F(ServerStartTest, SaysWhyItCannotListen) {
  const TestServer other({});
  const auto taken = start({"127.0.0.1", other.port, {}, {}});
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().kind, ErrorKind::unavailable);
  EXPECT_EQ(taken.error().detail,
            "port " + std::to_string(other.port) +
                " of 127.0.0.1 is taken by another program: stop it, or choose another port");
  const auto foreign = start({"192.0.2.1", 0, {}, {}});
  ASSERT_FALSE(foreign);
  EXPECT_EQ(foreign.error().kind, ErrorKind::unavailable);
  EXPECT_THAT(foreign.error().detail, HasSubstr("192.0.2.1 is not an address of this machine"));
  const auto name = start({"localhost", 0, {}, {}});
  ASSERT_FALSE(name);
  EXPECT_EQ(name.error().kind, ErrorKind::bad_request);
}

TEST_F(ServerStartTest, ListensOnIpv6) {
  EXPECT_TRUE(start({"::1", 0, {}, {}}));
}

TEST_F(ServerStartTest, SaysWhatIsWrongWithACertificate) {
  const TemporaryDirectory directory;
  const TemporaryDirectory other_directory;
  const TlsFiles good = make_certificate(directory);
  const TlsFiles other = make_certificate(other_directory);
  const std::string text = directory.write("text.pem", "hello");
  const auto complaint = [this](TlsFiles files) {
    const auto started = start({"127.0.0.1", 0, std::move(files), {}});
    return started ? "none" : started.error().detail;
  };
  EXPECT_EQ(complaint(good), "none");
  EXPECT_THAT(complaint({"/nowhere.pem", good.key}),
              HasSubstr("cannot use the certificate /nowhere.pem: No such file"));
  EXPECT_THAT(complaint({text, good.key}), HasSubstr("cannot use the certificate " + text));
  EXPECT_THAT(complaint({good.certificate, text}), HasSubstr("cannot use the key " + text));
  EXPECT_THAT(complaint({good.certificate, other.key}), HasSubstr("key values mismatch"));
}

}  // namespace
}  // namespace heliograph::http::testing
