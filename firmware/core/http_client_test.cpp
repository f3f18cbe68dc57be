#include "firmware/core/http_client.hpp"

#include "firmware/core/platform/fake_clock.hpp"
#include "firmware/core/platform/fake_stream.hpp"

#include <string>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

constexpr const char* created = "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}";

struct Upload {
  ExchangeStatus send() { return client.exchange({head, body.data(), body.size()}, response); }
  std::size_t size() const { return head.size() + body.size(); }

  FakeClock clock;
  FakeStream stream{clock};
  HttpClient client{stream, clock, {"cameras.example", 443, true}};
  HttpResponse response;
  std::string head = "POST / HTTP/1.1\r\n\r\n";
  std::vector<std::uint8_t> body = std::vector<std::uint8_t>(10'000, 'j');
};

TEST(HttpClient, SendsEveryByteHoweverSmallThePieces) {
  for (const std::size_t piece : {std::size_t{1}, std::size_t{1000}, slice_size, SIZE_MAX}) {
    for (const std::size_t size :
         {std::size_t{1}, slice_size - 1, slice_size, 2 * slice_size, 2 * slice_size + 1}) {
      Upload upload;
      upload.body.resize(size);
      FakeConnection connection;
      connection.replies = {{upload.size(), created}};
      connection.piece = piece;
      upload.stream.script = {connection};
      EXPECT_EQ(upload.send(), ExchangeStatus::answered);
      EXPECT_EQ(upload.response.status(), 201);
      EXPECT_EQ(upload.stream.received.back().size(), upload.size());
    }
  }
}

TEST(HttpClient, UsesAConnectionAgain) {
  Upload upload;
  FakeConnection connection;
  connection.replies = {{upload.size(), created}, {2 * upload.size(), created}};
  upload.stream.script = {connection};
  EXPECT_EQ(upload.send(), ExchangeStatus::answered);
  EXPECT_EQ(upload.send(), ExchangeStatus::answered);
  EXPECT_EQ(upload.stream.connects, 1);
}

TEST(HttpClient, DoesNotTrustAConnectionThatWasSilentForLong) {
  Upload upload;
  FakeConnection connection;
  connection.replies = {{upload.size(), created}, {2 * upload.size(), created}, {3 * upload.size(), created}};
  upload.stream.script = {connection, connection};
  upload.send();
  upload.clock.now_ms += max_idle_ms;
  upload.send();
  EXPECT_EQ(upload.stream.connects, 1);
  upload.clock.now_ms += max_idle_ms + 1;
  EXPECT_EQ(upload.send(), ExchangeStatus::answered);
  EXPECT_EQ(upload.stream.connects, 2);
}

TEST(HttpClient, SendsOnceMoreWhenAKeptConnectionTurnsOutDead) {
  Upload upload;
  FakeConnection first;
  first.replies = {{upload.size(), created}};
  FakeConnection second = first;
  for (const std::size_t dies_after : {upload.size(), upload.size() + 1, 2 * upload.size()}) {
    Upload again;
    first.closes_after_bytes = dies_after;
    again.stream.script = {first, second};
    EXPECT_EQ(again.send(), ExchangeStatus::answered);
    EXPECT_EQ(again.send(), ExchangeStatus::answered) << dies_after;
    EXPECT_EQ(again.stream.connects, 2);
  }
}

TEST(HttpClient, DoesNotSendTwiceOverFreshConnections) {
  Upload upload;
  FakeConnection connection;
  connection.closes_after_bytes = 100;
  upload.stream.script = {connection, connection, connection};
  EXPECT_EQ(upload.send(), ExchangeStatus::lost);
  EXPECT_EQ(upload.stream.connects, 1);
}

TEST(HttpClient, ReadsAnAnswerThatComesBeforeTheBodyIsSent) {
  Upload upload;
  upload.body.resize(1'000'000);
  FakeConnection connection;
  connection.replies = {{8'000, "HTTP/1.1 422 No\r\nContent-Length: 0\r\n\r\n"}};
  upload.stream.script = {connection};
  EXPECT_EQ(upload.send(), ExchangeStatus::answered);
  EXPECT_EQ(upload.response.status(), 422);
  EXPECT_LT(upload.stream.received.back().size(), 20'000U) << "the rest was not sent";
}

TEST(HttpClient, DoesNotTrustAConnectionWhoseRequestWasNotSentWhole) {
  Upload upload;
  upload.body.resize(1'000'000);
  FakeConnection connection;
  connection.replies = {{8'000, "HTTP/1.1 422 No\r\nContent-Length: 0\r\n\r\n"}};
  upload.stream.script = {connection, connection};
  upload.send();
  upload.send();
  EXPECT_EQ(upload.stream.connects, 2);
}

TEST(HttpClient, ReadsAnAnswerThatIsFollowedByAHangUp) {
  Upload upload;
  FakeConnection connection;
  connection.replies = {{100, "HTTP/1.1 413 Too large\r\nContent-Length: 0\r\n\r\n"}};
  connection.closes_after_replies = true;
  upload.stream.script = {connection};
  EXPECT_EQ(upload.send(), ExchangeStatus::answered);
  EXPECT_EQ(upload.response.status(), 413);
}

TEST(HttpClient, TakesAHeadForAnAnswerWhenTheBodyBreaksOff) {
  Upload upload;
  FakeConnection connection;
  connection.replies = {{upload.size(), "HTTP/1.1 422 No\r\nContent-Length: 100\r\n\r\n{\"det"}};
  connection.closes_after_replies = true;
  upload.stream.script = {connection};
  EXPECT_EQ(upload.send(), ExchangeStatus::answered);
  EXPECT_EQ(upload.response.status(), 422);
}

TEST(HttpClient, GivesUpOnALinkThatTakesNoMoreBytes) {
  Upload upload;
  FakeConnection connection;
  connection.takes_at_most = 5'000;
  upload.stream.script = {connection};
  const std::int64_t begun_ms = upload.clock.now_ms;
  EXPECT_EQ(upload.send(), ExchangeStatus::timeout);
  EXPECT_EQ(upload.clock.now_ms - begun_ms, stall_limit_ms);
}

TEST(HttpClient, GivesUpOnAServerThatDoesNotAnswer) {
  Upload upload;
  upload.stream.script = {FakeConnection()};
  const std::int64_t begun_ms = upload.clock.now_ms;
  EXPECT_EQ(upload.send(), ExchangeStatus::timeout);
  EXPECT_EQ(upload.clock.now_ms - begun_ms, exchange_base_ms + 10'000 / min_rate_bytes_per_ms);
}

TEST(HttpClient, GivesUpOnAServerThatTrickles) {
  Upload upload;
  FakeConnection connection;
  connection.replies = {{upload.size(), "HTTP/1.1 201 Created\r\nX: "}};
  upload.stream.script = {connection};
  EXPECT_EQ(upload.send(), ExchangeStatus::timeout);
}

TEST(HttpClient, GivesUpOnANetworkThatDoesNotConnect) {
  Upload upload;
  EXPECT_EQ(upload.send(), ExchangeStatus::timeout);
  FakeConnection refused;
  refused.refused = true;
  upload.stream.script = {refused};
  EXPECT_EQ(upload.send(), ExchangeStatus::no_connection);
}

TEST(HttpClient, SaysSoWhenTheOtherSideSpeaksNoHttp) {
  Upload upload;
  FakeConnection connection;
  connection.replies = {{0, "220 mail.example ESMTP\r\n"}};
  upload.stream.script = {connection};
  EXPECT_EQ(upload.send(), ExchangeStatus::not_http);
}

}  // namespace
}  // namespace heliograph::firmware
