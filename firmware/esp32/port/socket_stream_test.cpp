#include "firmware/esp32/port/socket_stream.hpp"

#include "firmware/core/link_shed.hpp"
#include "firmware/esp32/fake_idf/fake_os.hpp"
#include "firmware/esp32/fake_idf/fake_wires.hpp"
#include "firmware/esp32/port/board_clock.hpp"
#include "firmware/esp32/port/watched_stream.hpp"

#include <string>
#include <thread>
#include <unistd.h>

#include <gtest/gtest.h>
#include <lwip/sockets.h>

namespace heliograph::firmware {
namespace {

// A server on this machine that a test speaks for, one connection at a time.
class Listener {
 public:
  Listener() : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in here = {};
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(bind(socket_, reinterpret_cast<sockaddr*>(&here), sizeof here), 0);
    listen(socket_, 4);
    socklen_t size = sizeof here;
    getsockname(socket_, reinterpret_cast<sockaddr*>(&here), &size);
    port_ = ntohs(here.sin_port);
  }
  ~Listener() { stop(); }
  void stop() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
  }
  std::uint16_t port() const { return port_; }
  int accept() { return ::accept(socket_, nullptr, nullptr); }

 private:
  int socket_;
  std::uint16_t port_ = 0;
};

class SocketStreamTest : public testing::Test {
 protected:
  SocketStreamTest() {
    fake_idf::tls_world() = {};
    fake_idf::heap() = {};
  }
  Address server(bool tls = false) const { return {"localhost", listener_.port(), tls}; }
  std::int64_t in_ms(std::int64_t ms) const { return clock_.mono_ms() + ms; }

  KnownTime time_{false};
  BoardClock clock_{time_};
  Listener listener_;
  SettingsStore store_;
  BoardTrust trust_{store_, ""};
  SocketStream stream_{clock_, trust_};
  char out_[64];
};

TEST_F(SocketStreamTest, BytesGoBothWays) {
  ASSERT_EQ(stream_.connect(server(), in_ms(5'000)), IoStatus::ok);
  const int peer = listener_.accept();
  ASSERT_EQ(stream_.write_some("ping", 4, in_ms(5'000)).size, 4U);
  char got[8];
  EXPECT_EQ(recv(peer, got, sizeof got, 0), 4);
  send(peer, "pong", 4, 0);
  EXPECT_EQ(stream_.read_some(out_, sizeof out_, in_ms(5'000)).size, 4U);
  close(peer);
  EXPECT_EQ(stream_.read_some(out_, sizeof out_, in_ms(5'000)).status, IoStatus::closed);
}

TEST_F(SocketStreamTest, NothingWaitsPastItsDeadline) {
  ASSERT_EQ(stream_.connect(server(), in_ms(5'000)), IoStatus::ok);
  const int peer = listener_.accept();
  EXPECT_EQ(stream_.read_some(out_, sizeof out_, in_ms(20)).status, IoStatus::timeout);
  EXPECT_EQ(stream_.read_some(out_, sizeof out_, in_ms(-5)).status, IoStatus::timeout);
  // A peer that reads nothing fills the buffers between, and then the deadline ends it.
  const std::string much(256 * 1024, 'x');
  IoResult result;
  do {
    result = stream_.write_some(much.data(), much.size(), in_ms(20));
  } while (result.status == IoStatus::ok);
  EXPECT_EQ(result.status, IoStatus::timeout);
  EXPECT_EQ(stream_.error_text(), "no answer in time");
  close(peer);
}

TEST_F(SocketStreamTest, NamesHaveADeadlineTooAndALateAnswerHarmsNobody) {
  EXPECT_EQ(stream_.connect({fake_idf::unknown_name, 80, false}, in_ms(1'000)), IoStatus::failed);
  EXPECT_EQ(stream_.error_text(), "there is no such name");
  EXPECT_EQ(stream_.connect({"", 80, false}, in_ms(1'000)), IoStatus::failed);
  EXPECT_EQ(stream_.connect({fake_idf::silent_name, 80, false}, in_ms(20)), IoStatus::timeout);
  // The one before is still under way, and nobody answers for it either.
  EXPECT_EQ(stream_.connect({"localhost", listener_.port(), false}, in_ms(20)), IoStatus::timeout);
  EXPECT_EQ(stream_.connect({"127.0.0.1", listener_.port(), false}, in_ms(1'000)), IoStatus::ok);
}

TEST_F(SocketStreamTest, WhatIsRefusedOrNotOpenFails) {
  EXPECT_EQ(stream_.read_some(out_, sizeof out_, in_ms(10)).status, IoStatus::failed);
  EXPECT_EQ(stream_.write_some("x", 1, in_ms(10)).status, IoStatus::failed);
  listener_.stop();
  EXPECT_EQ(stream_.connect(server(), in_ms(1'000)), IoStatus::failed);
  EXPECT_EQ(stream_.error_text(), "connection refused");
  stream_.close();
  stream_.close();
}

TEST_F(SocketStreamTest, WakeEndsAReadNowOrTheNextOne) {
  ASSERT_EQ(stream_.connect(server(), in_ms(5'000)), IoStatus::ok);
  stream_.wake();
  EXPECT_EQ(stream_.read_some(out_, sizeof out_, in_ms(60'000)).status, IoStatus::timeout);
  EXPECT_EQ(stream_.error_text(), "woken");
  std::thread waker([&] { stream_.wake(); });
  EXPECT_EQ(stream_.read_some(out_, sizeof out_, in_ms(60'000)).status, IoStatus::timeout);
  waker.join();
  stream_.wake();  // of this connection
  ASSERT_EQ(stream_.connect(server(), in_ms(5'000)), IoStatus::ok);
  EXPECT_EQ(stream_.read_some(out_, sizeof out_, in_ms(10)).status, IoStatus::timeout);
  EXPECT_EQ(stream_.error_text(), "no answer in time");
}

TEST_F(SocketStreamTest, TlsShakesHandsWithinTheDeadlineAndIsClosedOnce) {
  std::thread peer([&] {
    const int guest = listener_.accept();
    char hello[6];
    recv(guest, hello, sizeof hello, MSG_WAITALL);
    send(guest, "welcom", 6, 0);
    char request[4];
    recv(guest, request, sizeof request, MSG_WAITALL);
    send(guest, "pong", 4, 0);
    close(guest);
  });
  ASSERT_EQ(stream_.connect(server(/*tls=*/true), in_ms(10'000)), IoStatus::ok);
  EXPECT_EQ(fake_idf::tls_world().sessions, 1);
  ASSERT_EQ(stream_.write_some("ping", 4, in_ms(10'000)).size, 4U);
  EXPECT_EQ(stream_.read_some(out_, sizeof out_, in_ms(10'000)).size, 4U);
  EXPECT_EQ(stream_.read_some(out_, sizeof out_, in_ms(10'000)).status, IoStatus::closed);
  peer.join();
  // A peer that accepts and never greets.
  EXPECT_EQ(stream_.connect(server(/*tls=*/true), in_ms(30)), IoStatus::timeout);
}

TEST_F(SocketStreamTest, ACertificateThatIsNotTrustedIsSaidToBeSo) {
  fake_idf::tls_world().refuses = true;
  EXPECT_EQ(stream_.connect(server(/*tls=*/true), in_ms(1'000)), IoStatus::failed);
  EXPECT_EQ(stream_.error_text(), "the server's certificate is not trusted (8)");
}

// The server's certificate ends at a root that the bundle does not know, and the board was told of.
TEST_F(SocketStreamTest, TriesTheRootsThatItWasToldWhenWhatItCameWithDoesNotDo) {
  const std::string roots = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
  ASSERT_TRUE(trust_.begin() && trust_.append({roots.data(), roots.size()}) && trust_.try_alone() &&
              trust_.keep());
  std::vector<std::string> asked;
  fake_idf::tls_world().trusts = [&](const std::string& trust) {
    if (asked.empty() || asked.back() != trust) asked.push_back(trust);
    return trust == roots;
  };
  std::thread peer([&] {
    for (int i = 0; i < 3; ++i) {
      const int guest = listener_.accept();
      char hello[6];
      if (recv(guest, hello, sizeof hello, MSG_WAITALL) == 6) send(guest, "welcom", 6, 0);
      close(guest);
    }
  });
  EXPECT_EQ(stream_.connect(server(/*tls=*/true), in_ms(10'000)), IoStatus::ok);
  EXPECT_EQ(stream_.connect(server(/*tls=*/true), in_ms(10'000)), IoStatus::ok) << "at once, the second time";
  peer.join();
  EXPECT_EQ(asked, (std::vector<std::string>{"bundle", roots}));
}

TEST_F(SocketStreamTest, WithoutMemoryInOnePieceNoHandshakeIsBegun) {
  fake_idf::heap().largest_block = min_session_block - 1;
  EXPECT_EQ(stream_.connect(server(/*tls=*/true), in_ms(1'000)), IoStatus::failed);
  EXPECT_EQ(stream_.error_text(), "too little memory for TLS");
  EXPECT_EQ(stream_.connect(server(), in_ms(1'000)), IoStatus::ok);
}

struct Told final : Reachability {
  void reached() override { said += 'r'; }
  void missed() override { said += 'm'; }
  void moved() override { said += '.'; }
  std::string said;
};

TEST_F(SocketStreamTest, TheSupervisorIsToldWhetherTheServerIsThere) {
  Told told;
  WatchedStream watched(stream_, told);
  EXPECT_EQ(watched.connect({fake_idf::unknown_name, 80, false}, in_ms(10)), IoStatus::failed);
  ASSERT_EQ(watched.connect(server(), in_ms(5'000)), IoStatus::ok);
  const int peer = listener_.accept();
  EXPECT_EQ(watched.read_some(out_, sizeof out_, in_ms(5)).status,
            IoStatus::timeout);  // it has nothing to say
  watched.write_some("x", 1, in_ms(100));
  send(peer, "y", 1, 0);
  watched.read_some(out_, sizeof out_, in_ms(5'000));
  close(peer);
  watched.close();
  watched.write_some("x", 1, in_ms(5));
  EXPECT_EQ(told.said, "m..rm");
}

}  // namespace
}  // namespace heliograph::firmware
