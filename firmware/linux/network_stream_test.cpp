#include "firmware/linux/network_stream.hpp"

#include "firmware/linux/loopback_server.hpp"
#include "firmware/linux/posix_clock.hpp"
#include "tests/support/temporary_directory.hpp"

#include <netinet/in.h>
#include <string>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

using ::testing::HasSubstr;

// How much longer than its deadline a call may take, as the contract says, and some for a busy machine.
constexpr std::int64_t slack_ms = 100 + 400;

struct Client {
  explicit Client(const std::string& ca_file = "") : tls(ca_file) {}

  IoStatus connect(const std::string& host, std::uint16_t port, bool with_tls,
                   std::int64_t limit_ms = 5'000) {
    begun_ms = clock.mono_ms();
    return stream.connect({host, port, with_tls}, begun_ms + limit_ms);
  }
  std::int64_t took_ms() const { return clock.mono_ms() - begun_ms; }
  std::string error() const { return std::string(stream.error_text()); }

  PosixClock clock;
  TlsContext tls;
  FileDescriptor cancel{::eventfd(0, 0)};
  NetworkStream stream{clock, tls, cancel.get()};
  std::int64_t begun_ms = 0;
};

// Listens, and never accepts. Once its queue is full, not even a connection comes about.
struct DeafServer {
  DeafServer() : listener(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(::bind(listener.get(), reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(::listen(listener.get(), 0), 0);
    ::getsockname(listener.get(), reinterpret_cast<sockaddr*>(&address), &size);
    port = ntohs(address.sin_port);
  }
  FileDescriptor listener;
  std::uint16_t port = 0;
};

TEST(NetworkStream, SaysThatNobodyListens) {
  std::uint16_t port = 0;
  {
    port = DeafServer().port;
  }
  Client client;
  EXPECT_EQ(client.connect("127.0.0.1", port, false), IoStatus::failed);
  EXPECT_EQ(client.error(), "Connection refused");
}

TEST(NetworkStream, SaysThatANameDoesNotExist) {
  Client client;
  EXPECT_EQ(client.connect("nowhere.invalid", 80, false, 3'000), IoStatus::failed);
  EXPECT_THAT(client.error(), HasSubstr("nowhere.invalid: "));
  EXPECT_LT(client.took_ms(), 3'000 + slack_ms);
}

TEST(Resolver, KeepsALookupThatTookTooLong) {
  Resolver resolver;
  const auto never = [] { return false; };
  EXPECT_EQ(resolver.resolve("localhost", 80, 0, never).error, "no answer from the name server in time");
  EXPECT_FALSE(resolver.resolve("localhost", 80, 5'000, never).addresses.empty());
  EXPECT_TRUE(resolver.resolve("localhost", 80, 5'000, [] { return true; }).addresses.empty()) << "cancelled";
}

TEST(Resolver, TakesAddressesAsTheyAre) {
  Resolver resolver;
  const auto always = [] { return true; };
  EXPECT_EQ(resolver.resolve("127.0.0.1", 80, 0, always).addresses.size(), 1U);
  EXPECT_EQ(resolver.resolve("::1", 80, 0, always).addresses.size(), 1U);
}

TEST(NetworkStream, DoesNotWaitForAConnectionPastTheDeadline) {
  DeafServer server;
  Client first;
  Client second;
  first.connect("127.0.0.1", server.port, false, 300);
  EXPECT_EQ(second.connect("127.0.0.1", server.port, false, 300), IoStatus::timeout);
  EXPECT_GE(second.took_ms(), 300);
  EXPECT_LT(second.took_ms(), 300 + slack_ms);
}

TEST(NetworkStream, DoesNotWaitForAHandshakePastTheDeadline) {
  DeafServer server;
  Client client;
  EXPECT_EQ(client.connect("127.0.0.1", server.port, true, 300), IoStatus::timeout);
  EXPECT_LT(client.took_ms(), 300 + slack_ms);
}

TEST(NetworkStream, DoesNotWaitForBytesPastTheDeadline) {
  LoopbackServer server;
  Client client;
  ASSERT_EQ(client.connect("127.0.0.1", server.port(), false), IoStatus::ok);
  char byte = 0;
  client.begun_ms = client.clock.mono_ms();
  EXPECT_EQ(client.stream.read_some(&byte, 1, client.begun_ms + 300).status, IoStatus::timeout);
  EXPECT_LT(client.took_ms(), 300 + slack_ms);
  EXPECT_EQ(client.stream.read_some(&byte, 1, 0).status, IoStatus::timeout) << "a poll";
}

TEST(NetworkStream, DoesNotWaitForRoomPastTheDeadline) {
  DeafServer server;
  Client client;
  ASSERT_EQ(client.connect("127.0.0.1", server.port, false), IoStatus::ok);
  const std::string data(1'000'000, 'x');
  IoResult written{IoStatus::ok, 0};
  while (written.status == IoStatus::ok) {
    client.begun_ms = client.clock.mono_ms();
    written = client.stream.write_some(data.data(), data.size(), client.begun_ms + 300);
  }
  EXPECT_EQ(written.status, IoStatus::timeout);
  EXPECT_LT(client.took_ms(), 300 + slack_ms);
}

TEST(NetworkStream, IsWokenFromWaitingForBytesAndFromNothingElse) {
  DeafServer server;
  Client client;
  client.stream.wake();  // meant for the connection before
  ASSERT_EQ(client.connect("127.0.0.1", server.port, false), IoStatus::ok);
  char byte = 0;
  EXPECT_EQ(client.stream.read_some(&byte, 1, client.begun_ms + 100).status, IoStatus::timeout);
  EXPECT_GE(client.took_ms(), 100);
  std::thread waker([&client] { client.stream.wake(); });
  EXPECT_EQ(client.stream.read_some(&byte, 1, client.begun_ms + 60'000).status, IoStatus::timeout);
  waker.join();
  client.stream.wake();
  EXPECT_EQ(client.stream.write_some("x", 1, client.begun_ms + 60'000).status, IoStatus::ok);
  EXPECT_EQ(client.stream.read_some(&byte, 1, client.begun_ms + 60'000).status, IoStatus::timeout)
      << "the next one";
  EXPECT_LT(client.took_ms(), 30'000);
}

TEST(NetworkStream, BreaksOffWhenItIsCancelled) {
  LoopbackServer server;
  Client client;
  ASSERT_EQ(client.connect("127.0.0.1", server.port(), false), IoStatus::ok);
  std::thread canceller([&client] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    eventfd_write(client.cancel.get(), 1);
  });
  char byte = 0;
  client.begun_ms = client.clock.mono_ms();
  EXPECT_EQ(client.stream.read_some(&byte, 1, client.begun_ms + 10'000).status, IoStatus::failed);
  EXPECT_LT(client.took_ms(), 200 + slack_ms);
  canceller.join();
  EXPECT_EQ(client.connect("127.0.0.1", server.port(), false), IoStatus::failed) << "and stays so";
}

TEST(NetworkStream, TrustsACertificateOfItsAuthority) {
  const TestCertificate certificate;
  TemporaryDirectory place;
  const std::string ca = place.write("ca.pem", certificate.pem).string();
  LoopbackServer server({}, &certificate);
  for (const char* host : {"localhost", "127.0.0.1"}) {
    Client client(ca);
    EXPECT_EQ(client.connect(host, server.port(), true), IoStatus::ok) << client.error();
  }
}

TEST(NetworkStream, TrustsNoOtherCertificate) {
  const TestCertificate certificate;
  LoopbackServer server({}, &certificate);
  Client client;
  EXPECT_EQ(client.connect("localhost", server.port(), true), IoStatus::failed);
  EXPECT_THAT(client.error(), HasSubstr("certificate is not trusted: self-signed certificate"));
}

TEST(NetworkStream, TrustsACertificateForItsOwnNameOnly) {
  const TestCertificate certificate("DNS:other.example,IP:127.0.0.9");
  TemporaryDirectory place;
  LoopbackServer server({}, &certificate);
  Client client(place.write("ca.pem", certificate.pem).string());
  EXPECT_EQ(client.connect("localhost", server.port(), true), IoStatus::failed);
  EXPECT_THAT(client.error(), HasSubstr("hostname mismatch"));
  EXPECT_EQ(client.connect("127.0.0.1", server.port(), true), IoStatus::failed);
  EXPECT_THAT(client.error(), HasSubstr("IP address mismatch"));
}

TEST(NetworkStream, SaysThatTheOtherSideSpeaksNoTls) {
  LoopbackServer server({}, nullptr, [](int) { return LoopbackServer::Cut{5, ""}; });
  Client client;
  EXPECT_EQ(client.connect("127.0.0.1", server.port(), true), IoStatus::failed);
  EXPECT_FALSE(client.error().empty());
}

TEST(TlsContext, SaysWhichFileHoldsNoCertificate) {
  TemporaryDirectory place;
  const std::string path = place.write("ca.pem", "not a certificate").string();
  EXPECT_THROW(TlsContext{path}, std::runtime_error);
}

}  // namespace
}  // namespace heliograph::firmware
