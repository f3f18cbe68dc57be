// Connections that a proxy passes on: what its headers change, whom they are believed of, and how long it may
// take.
#include "server/http/server.hpp"
#include "server/http/test_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::http::testing {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using ::testing::HasSubstr;

constexpr std::string_view ask_who = "GET /who HTTP/1.1\r\nHost: h\r\n\r\n";
const std::string by_line = "PROXY TCP4 203.0.113.7 10.0.0.1 4711 443\r\n";
const std::string binary_signature = "\r\n\r\n\0\r\nQUIT\n"s;
const std::string by_bytes = binary_signature + "\x21\x11\0\x0c\xcb\0\x71\x07\x0a\0\0\x01\x12\x67\x01\xbb"s;
const std::string by_bytes_over_tls =
    binary_signature + "\x21\x11\0\x14\xcb\0\x71\x07\x0a\0\0\x01\x12\x67\x01\xbb\x20\0\x05\x01\0\0\0\0"s;
const std::string for_itself = binary_signature + "\x20\0\0\0"s;

std::vector<Route> routes() {
  return {{Method::get, "/who", 0, [](Request& request) -> Task<Response> {
             co_return text_response(200, request.peer + (request.secure ? " secure" : " in clear"));
           }}};
}

std::vector<Network> only(std::string_view address) {
  return {Network::parse(address).value()};
}

class ProxyProtocol : public ::testing::TestWithParam<bool> {
 protected:
  Client connect(std::string_view header) const {
    Client client(server_.port, false);
    client.send(header);
    if (GetParam()) client.start_tls();
    return client;
  }
  std::optional<TlsFiles> tls_files() {
    return GetParam() ? std::optional(make_certificate(directory_)) : std::nullopt;
  }

  TemporaryDirectory directory_;
  TestServer server_{routes(), {}, tls_files(), only("127.0.0.1"), true};
};

INSTANTIATE_TEST_SUITE_P(Streams, ProxyProtocol, ::testing::Bool(),
                         [](const auto& info) { return info.param ? "Tls" : "Plain"; });

TEST_P(ProxyProtocol, TellsWhoIsBehindTheProxy) {
  const std::string here = GetParam() ? " secure" : " in clear";
  const std::pair<std::string, std::string> rows[] = {
      {by_line, "203.0.113.7" + here},
      {by_bytes, "203.0.113.7" + here},
      {by_bytes_over_tls, "203.0.113.7 secure"},
      {"PROXY TCP6 2001:db8::7 2001:db8::1 4711 443\r\n", "2001:db8::7" + here},
      {"PROXY UNKNOWN\r\n", "127.0.0.1" + here},
      {for_itself, "127.0.0.1" + here},
  };
  for (const auto& [header, who] : rows) {
    Client client = connect(header);
    for (int i = 0; i < 2; ++i) EXPECT_EQ(client.ask(ask_who).body, who);
  }
}

TEST_P(ProxyProtocol, TakesTheHeaderByteByByteAndNothingBehindIt) {
  for (const std::string& header : {by_line, by_bytes}) {
    Client client(server_.port, false);
    for (const char c : header) {
      ASSERT_TRUE(client.send({&c, 1}));
      std::this_thread::sleep_for(1ms);
    }
    if (GetParam()) client.start_tls();
    EXPECT_THAT(client.ask(ask_who).body, HasSubstr("203.0.113.7"));
  }
  if (GetParam()) return;
  Client client(server_.port, false);
  EXPECT_THAT(client.ask(by_bytes + std::string(ask_who) + std::string(ask_who)).body,
              HasSubstr("203.0.113.7"));
  EXPECT_THAT(client.read_reply().body, HasSubstr("203.0.113.7"));
}

TEST_P(ProxyProtocol, ClosesWhatBeginsOtherwise) {
  for (const std::string& wrong :
       {std::string(ask_who), "PROXY TCP4 1.2.3.4\r\n"s, binary_signature + "\x11\x11\0\0"s,
        " " + by_line + std::string(ask_who)}) {
    Client client(server_.port, false);
    client.send(wrong);
    EXPECT_EQ(client.read_all(), "");
  }
  EXPECT_TRUE(eventually([this] { return server_.server.stats().connections_open == 0; }));
  EXPECT_EQ(server_.server.stats().requests, 0U);
}

TEST_P(ProxyProtocol, GivesUpAHeaderThatComesTooSlowly) {
  Limits limits;
  limits.sweep_period = 10ms;
  limits.header_time = 300ms;
  const TestServer server(routes(), limits, tls_files(), only("127.0.0.1"), true);
  Client silent(server.port, false);
  for (const std::string& header : {by_line, by_bytes}) {
    Client slow(server.port, false);
    for (const char c : header) {
      if (!slow.send({&c, 1})) break;
      std::this_thread::sleep_for(20ms);
    }
    EXPECT_EQ(slow.read_all(), "");
  }
  EXPECT_EQ(silent.read_all(), "");
  EXPECT_TRUE(eventually([&] { return server.server.stats().connections_open == 0; }));
  EXPECT_EQ(server.server.stats().timeouts, 3U);
}

// What stands in the header is the client now: it is no proxy, so that what it says of itself is nothing.
TEST_P(ProxyProtocol, BelievesTheClientNothing) {
  const std::string said =
      "GET /who HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Proto: https\r\n\r\n";
  EXPECT_EQ(connect(by_line).ask(said).body, GetParam() ? "203.0.113.7 secure" : "203.0.113.7 in clear");
  EXPECT_EQ(connect(for_itself).ask(said).body, "127.0.0.1 secure") << "while a proxy may pass on many";
}

TEST_P(ProxyProtocol, IsTakenFromProxiesOnly) {
  const TestServer server(routes(), {}, {}, only("10.0.0.5"), true);
  for (const std::string& header : {by_line, by_bytes, std::string(ask_who)}) {
    Client client(server.port, false);
    client.send(header);
    EXPECT_EQ(client.read_all(), "");
  }
  EXPECT_EQ(server.server.stats().requests, 0U);
  const TestServer without(routes(), {}, {}, only("127.0.0.1"));
  EXPECT_GE(without.connect().ask(by_line + std::string(ask_who)).status, 400) << "nobody asked for one";
}

TEST(TrustedProxy, SaysForWhomItAsksWithEachRequest) {
  const TestServer server(routes(), {}, {}, only("127.0.0.1"));
  const auto ask = [](Client& client, std::string_view fields) {
    return client.ask("GET /who HTTP/1.1\r\nHost: h\r\n" + std::string(fields) + "\r\n");
  };
  Client one = server.connect();
  const Reply secure = ask(one, "X-Forwarded-For: 10.9.9.9, 203.0.113.7\r\nX-Forwarded-Proto: https\r\n");
  EXPECT_EQ(secure.body, "203.0.113.7 secure");
  EXPECT_THAT(secure.header("strict-transport-security"), HasSubstr("max-age"));
  const Reply clear = ask(one, "X-Forwarded-For: 203.0.113.8\r\nX-Forwarded-Proto: http\r\n");
  EXPECT_EQ(clear.body, "203.0.113.8 in clear");
  EXPECT_EQ(clear.header("strict-transport-security"), "");
  EXPECT_EQ(ask(one, "").body, "127.0.0.1 in clear") << "what one request said is not the next one's";

  for (const auto& trusted : {std::vector<Network>{}, only("127.0.0.2")}) {
    const TestServer other(routes(), {}, {}, trusted);
    Client stranger = other.connect();
    EXPECT_EQ(ask(stranger, "X-Forwarded-For: 203.0.113.7\r\nX-Forwarded-Proto: https\r\n").body,
              "127.0.0.1 in clear");
  }
}

}  // namespace
}  // namespace heliograph::http::testing
