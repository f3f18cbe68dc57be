#include "server/http/api/backlog.hpp"

#include "server/http/test_support.hpp"

#include <atomic>
#include <deque>
#include <thread>
#include <vector>

#include <gmock/gmock.h>

namespace heliograph::http {
namespace {

using namespace std::chrono_literals;
using testing::Client;
using testing::eventually;
using testing::Reply;
using testing::TestServer;

TEST(Turn, FollowsTheTable) {
  const BacklogLimits limits{.bytes = 100, .least_bytes = 0, .patience = 10s, .new_bodies = 4, .bodies = 8};
  const struct {
    const char* what;
    Pressure pressure;
    Asking asking;
    Turn turn;
  } table[] = {
      {"nothing waits", {}, {}, Turn::read},
      {"exactly full", {100, 0, 0s}, {}, Turn::read},
      {"room again, whatever waits", {100, 99, 99s}, {true, 99s}, Turn::read},
      {"too much", {101, 0, 0s}, {}, Turn::wait},
      {"the last place of the new", {101, 3, 0s}, {}, Turn::wait},
      {"no place for the new", {101, 4, 0s}, {}, Turn::refuse},
      {"who has begun may wait on", {101, 4, 0s}, {true, 0s}, Turn::wait},
      {"the last place", {101, 7, 0s}, {true, 0s}, Turn::wait},
      {"no place", {101, 8, 0s}, {true, 0s}, Turn::refuse},
      {"waited for a while", {101, 0, 0s}, {true, 9'999ms}, Turn::wait},
      {"waited long enough", {101, 0, 0s}, {true, 10s}, Turn::refuse},
      {"new, waited long enough", {101, 0, 0s}, {false, 10s}, Turn::refuse},
      {"nothing moves", {101, 0, 9'999ms}, {}, Turn::wait},
      {"nothing has moved for long", {101, 0, 10s}, {}, Turn::refuse},
      {"nothing has moved, but it has begun", {101, 0, 10s}, {true, 0s}, Turn::wait},
  };
  for (const auto& row : table)
    EXPECT_EQ(decide_turn(limits, row.pressure, row.asking), row.turn) << row.what;
}

// A server whose "disk" is the test: what was sent waits until it is let go.
class BacklogTest : public ::testing::Test {
 protected:
  static constexpr std::uint64_t budget = 100;

  Task<Response> take(Request& request) {
    PatientBody body(*request.body, backlog_);
    std::uint64_t bytes = 0;
    for (;;) {
      const auto piece = co_await body.next();
      if (!piece) co_return problem_response(piece.error());
      if (piece->empty()) break;
      bytes += piece->size();
      read_bytes_ += piece->size();
    }
    order_.emplace_back(request.query_value("n").value_or(""));
    held_.push_back(backlog_.hold(bytes));
    co_return text_response(200, "OK");
  }

  // On the net thread, which has the pictures.
  void let_go(std::size_t pictures) {
    std::atomic<bool> done = false;
    server_.server.post([&] {
      for (std::size_t i = 0; i < pictures && !held_.empty(); ++i) held_.pop_front();
      done = true;
    });
    EXPECT_TRUE(eventually([&] { return done.load(); }));
  }

  static std::string request(std::size_t bytes, const std::string& n = "", const std::string& fields = "") {
    return "POST /take?n=" + n + " HTTP/1.1\r\nHost: h\r\n" + fields +
           "Content-Length: " + std::to_string(bytes) + "\r\n\r\n" + std::string(bytes, 'x');
  }
  bool waiting(std::size_t bodies) {
    return eventually([&] { return backlog_.stats().bodies == bodies; });
  }

  SystemClock clock_;
  Backlog backlog_{{.bytes = budget, .least_bytes = 1, .patience = 1s, .new_bodies = 3, .bodies = 6}, clock_};
  std::deque<Backlog::Held> held_;             // net thread
  std::vector<std::string> order_;             // net thread
  std::atomic<std::uint64_t> read_bytes_ = 0;  // of all bodies
  TestServer server_{{{Method::post, "/take", 1'000'000, [this](Request& request) { return take(request); }},
                      {Method::get, "/gallery", 0,
                       [](Request&) -> Task<Response> { co_return text_response(200, "pictures"); }}}};
};

TEST_F(BacklogTest, ReadsOnAsLongAsThereIsRoom) {
  Client client = server_.connect();
  EXPECT_EQ(client.ask(request(60)).status, 200);
  EXPECT_EQ(client.ask(request(60)).status, 200) << "the first one leaves room";
  EXPECT_EQ(backlog_.stats().bytes, 120U);
}

TEST_F(BacklogTest, KeepsABodyWaitingAndTheGalleryUp) {
  Client first = server_.connect();
  EXPECT_EQ(first.ask(request(200)).status, 200);
  Client second = server_.connect();
  second.send(request(50));
  EXPECT_TRUE(waiting(1));
  Client reader = server_.connect();
  EXPECT_EQ(reader.ask("GET /gallery HTTP/1.1\r\nHost: h\r\n\r\n").body, "pictures");
  let_go(1);
  EXPECT_EQ(second.read_reply().status, 200);
  EXPECT_EQ(backlog_.stats().bodies, 0U);
  EXPECT_EQ(backlog_.stats().bytes, 50U);
}

TEST_F(BacklogTest, DoesNotInviteABodyThatMustWait) {
  Client first = server_.connect();
  first.ask(request(200));
  Client second = server_.connect();
  second.send("POST /take HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
  const Reply reply = second.read_reply();  // and no 100 before it
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(backlog_.stats().refused_new, 1U);
}

TEST_F(BacklogTest, SendsAwayWhoHasWaitedLongEnough) {
  Client first = server_.connect();
  first.ask(request(200));
  Client second = server_.connect();
  const auto began = clock_.steady();
  const Reply reply = second.ask(request(50));
  EXPECT_EQ(reply.status, 503);
  EXPECT_GE(clock_.steady() - began, 990ms);
  const int seconds = std::stoi(reply.header("Retry-After"));
  EXPECT_GE(seconds, 10);
  EXPECT_LE(seconds, 20);
  EXPECT_EQ(reply.header("Connection"), "") << "the body was small enough to be thrown away";
  EXPECT_EQ(second.ask("GET /gallery HTTP/1.1\r\nHost: h\r\n\r\n").status, 200);
}

TEST_F(BacklogTest, SendsTheNewAwayAtOnceWhenNothingMoves) {
  Client first = server_.connect();
  first.ask(request(200));
  Client second = server_.connect();
  EXPECT_EQ(second.ask(request(50)).status, 503);
  const auto began = clock_.steady();
  EXPECT_EQ(second.ask(request(50)).status, 503);
  EXPECT_LT(clock_.steady() - began, 800ms);
}

TEST_F(BacklogTest, ABodyThatIsHalfHereWaitsWhereANewOneMayNot) {
  Client begun = server_.connect();
  begun.send("POST /take HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nxxxxx");
  ASSERT_TRUE(eventually([&] { return read_bytes_ == 5; }));
  Client first = server_.connect();
  first.ask(request(200));
  std::deque<Client> others;
  for (int i = 0; i < 3; ++i) {
    others.push_back(server_.connect());
    others.back().send(request(50));
  }
  EXPECT_TRUE(waiting(3));
  Client next = server_.connect();
  EXPECT_EQ(next.ask(request(50)).status, 503);
  EXPECT_EQ(backlog_.stats().refused_new, 1U);
  begun.send("xxxxx");  // the piece it was waiting for may come; its end is not waited for
  EXPECT_EQ(begun.read_reply().status, 200);
}

TEST_F(BacklogTest, CallsThemOneByOneInOrder) {
  Client first = server_.connect();
  first.ask(request(200));
  std::deque<Client> others;
  for (int i = 0; i < 3; ++i) {
    others.push_back(server_.connect());
    others.back().send(request(101, std::to_string(i)));
    EXPECT_TRUE(waiting(static_cast<std::size_t>(i) + 1));
  }
  for (int i = 0; i < 3; ++i) {
    let_go(1);
    EXPECT_EQ(others[static_cast<std::size_t>(i)].read_reply().status, 200) << i;
    EXPECT_EQ(backlog_.stats().bytes, 101U) << "each fills the room before the next is called";
    EXPECT_EQ(backlog_.stats().bodies, 2U - static_cast<std::size_t>(i));
  }
  server_.server.stop(5s);
  EXPECT_THAT(order_, ::testing::ElementsAre("", "0", "1", "2"));
}

TEST_F(BacklogTest, CallsAllForWhomThereIsRoom) {
  Client first = server_.connect();
  first.ask(request(200));
  std::deque<Client> others;
  for (int i = 0; i < 3; ++i) {
    others.push_back(server_.connect());
    others.back().send(request(10));
  }
  EXPECT_TRUE(waiting(3));
  let_go(1);
  for (Client& other : others) EXPECT_EQ(other.read_reply().status, 200);
}

TEST_F(BacklogTest, EndsWhileBodiesWait) {
  Client first = server_.connect();
  first.ask(request(200));
  Client second = server_.connect();
  second.send(request(50));
  EXPECT_TRUE(waiting(1));
  server_.server.stop(0ms);
  EXPECT_EQ(backlog_.stats().bodies, 0U);
}

TEST_F(BacklogTest, CountsASmallPictureForWhatItsPlaceCosts) {
  Backlog backlog({.bytes = 100, .least_bytes = 16}, clock_);
  const Backlog::Held small = backlog.hold(1);
  const Backlog::Held large = backlog.hold(17);
  EXPECT_EQ(backlog.stats().bytes, 33U);
}

TEST_F(BacklogTest, IsReleasedFromAnyThread) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([this] {
      for (int n = 0; n < 10'000; ++n) {
        const Backlog::Held held = backlog_.hold(70);
        static_cast<void>(held);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(backlog_.stats().bytes, 0U);
}

}  // namespace
}  // namespace heliograph::http
