// Against a server of the test's own that answers as no good one does. What is believed of certificates:
// tests/test_openid_provider.py.
#include "server/outbound/outbound.hpp"

#include <arpa/inet.h>
#include <atomic>
#include <cstdlib>
#include <netinet/in.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::outbound {
namespace {

using std::chrono::milliseconds;
using testing::Contains;
using testing::HasSubstr;
using testing::Pair;

// Takes one connection, reads a head and what follows it at once, says its piece, and keeps the connection
// until it goes.
class Loopback {
 public:
  explicit Loopback(std::string says)
      : says_(std::move(says)), listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    EXPECT_EQ(::bind(listener_, reinterpret_cast<const sockaddr*>(&address), length), 0);
    EXPECT_EQ(::listen(listener_, 1), 0);
    EXPECT_EQ(::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length), 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~Loopback() { end(); }
  Loopback(const Loopback&) = delete;
  Loopback& operator=(const Loopback&) = delete;

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/path?x=1"; }
  // What it was asked; ends it.
  std::string heard() {
    end();
    return heard_;
  }

 private:
  void serve() {
    connection_ = ::accept(listener_, nullptr, nullptr);
    if (connection_ < 0) return;
    char piece[4096];
    while (heard_.find("\r\n\r\n") == std::string::npos || heard_.ends_with("\r\n\r\n") == expects_body()) {
      const auto got = ::recv(connection_, piece, sizeof piece, 0);
      if (got <= 0) return;
      heard_.append(piece, static_cast<std::size_t>(got));
    }
    static_cast<void>(::send(connection_, says_.data(), says_.size(), MSG_NOSIGNAL));
    ::shutdown(connection_, says_.empty() ? 0 : SHUT_WR);
    while (::recv(connection_, piece, sizeof piece, 0) > 0) continue;
  }
  bool expects_body() const { return heard_.starts_with("POST"); }
  void end() {
    ::shutdown(listener_, SHUT_RDWR);
    if (thread_.joinable()) thread_.join();
    if (connection_ >= 0) ::close(std::exchange(connection_, -1));
    if (listener_ >= 0) ::close(std::exchange(listener_, -1));
  }

  const std::string says_;
  int listener_;
  std::uint16_t port_ = 0;
  std::string heard_;
  int connection_ = -1;
  std::thread thread_;
};

HttpRequest get(const std::string& url) {
  return {.url = url};
}

TEST(Outbound, SendsWhatItIsToldAndReturnsWhatComes) {
  Loopback server("HTTP/1.1 201 Made\r\nX-One: 1\r\nContent-Length: 4\r\n\r\nbody");
  HttpClient client;
  const HttpRequest request{.method = "POST",
                            .url = server.url(),
                            .headers = {{"Content-Type", "text/plain"}, {"X-Two", "a b"}},
                            .body = "sent"};
  const auto answer = client.send(request).value();
  EXPECT_EQ(answer.status, 201);
  EXPECT_EQ(answer.body, "body");
  EXPECT_THAT(answer.headers, Contains(Pair("x-one", "1")));
  const std::string heard = server.heard();
  EXPECT_THAT(heard, testing::StartsWith("POST /path?x=1 HTTP/1.1\r\n"));
  EXPECT_THAT(heard, HasSubstr("\r\nX-Two: a b\r\n"));
  EXPECT_THAT(heard, HasSubstr("\r\nContent-Length: 4\r\n"));
  EXPECT_THAT(heard, testing::EndsWith("\r\n\r\nsent"));
}

TEST(Outbound, FollowsNoRedirect) {
  Loopback elsewhere("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  Loopback server("HTTP/1.1 302 Found\r\nLocation: " + elsewhere.url() + "\r\nContent-Length: 0\r\n\r\n");
  HttpClient client;
  EXPECT_EQ(client.send(get(server.url())).value().status, 302);
  EXPECT_EQ(elsewhere.heard(), "");
}

TEST(Outbound, AsksNoProxy) {
  Loopback proxy("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nproxy");
  Loopback server("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nserver");
  // NOLINTBEGIN(concurrency-mt-unsafe): no other thread of the test reads the environment.
  ::setenv("http_proxy", proxy.url().c_str(), 1);
  ::setenv("ALL_PROXY", proxy.url().c_str(), 1);
  HttpClient client;
  EXPECT_EQ(client.send(get(server.url())).value().body, "server");
  ::unsetenv("http_proxy");
  ::unsetenv("ALL_PROXY");
  // NOLINTEND(concurrency-mt-unsafe)
}

TEST(Outbound, GivesUpOnWhoeverSaysNothing) {
  Loopback server("");
  HttpClient client;
  HttpRequest request = get(server.url());
  request.deadline = milliseconds{200};
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(client.send(request).error().kind, ErrorKind::timeout);
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds{5});
}

TEST(Outbound, EndsWhenItIsStopped) {
  Loopback server("");
  HttpClient client;
  std::thread stopper([&client] {
    std::this_thread::sleep_for(milliseconds{100});
    client.stop();
  });
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(client.send(get(server.url())).error().kind, ErrorKind::unavailable);
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds{5});
  stopper.join();
}

TEST(Outbound, TakesNoMoreThanItWasToldTo) {
  const std::string body(1000, 'x');
  for (const std::string& head : {std::string("Content-Length: 1000\r\n"), std::string()}) {
    for (const auto& [room, fits] : {std::pair(2000, true), std::pair(999, false), std::pair(20, false)}) {
      Loopback server(std::string("HTTP/1.1 200 OK\r\n").append(head).append("\r\n").append(body));
      HttpClient client;
      HttpRequest request = get(server.url());
      request.max_answer_bytes = static_cast<std::size_t>(room);
      const auto answer = client.send(request);
      ASSERT_EQ(answer.has_value(), fits) << head << room;
      if (!fits) {
        EXPECT_EQ(answer.error().kind, ErrorKind::too_large);
      }
    }
  }
}

TEST(Outbound, SaysWhoIsNotThere) {
  std::string url;
  {
    Loopback gone("");
    url = gone.url();
  }
  HttpClient client;
  const auto answer = client.send(get(url));
  EXPECT_EQ(answer.error().kind, ErrorKind::unavailable);
  EXPECT_THAT(answer.error().detail, HasSubstr(url));
}

TEST(Outbound, TellsAnswersFromNoise) {
  Loopback server("noise\r\n\r\n");
  HttpClient client;
  EXPECT_EQ(client.send(get(server.url())).error().kind, ErrorKind::unavailable);
}

TEST(Outbound, AsksByHttpOnly) {
  HttpClient client;
  for (const char* url :
       {"file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "no address", ""}) {
    EXPECT_EQ(client.send(get(url)).error().kind, ErrorKind::bad_request) << url;
  }
}

TEST(Outbound, SendsNoLineEndsInAHead) {
  HttpClient client;
  HttpRequest request = get("http://127.0.0.1:1/");
  request.headers = {{"X", "1\r\nY: 2"}};
  EXPECT_EQ(client.send(request).error().kind, ErrorKind::bad_request);
  EXPECT_EQ(client.send(get("http://127.0.0.1:1/\r\nX: 1")).error().kind, ErrorKind::bad_request);
}

}  // namespace
}  // namespace heliograph::outbound
