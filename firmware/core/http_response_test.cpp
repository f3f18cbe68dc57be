#include "firmware/core/http_response.hpp"

#include <string>

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

// Fed byte by byte, as the worst network would; the fuzz target proves that pieces make no difference.
HttpResponse read(const std::string& text) {
  HttpResponse response;
  for (std::size_t at = 0; at < text.size() && !response.done() && !response.failed(); ++at) {
    response.feed(text.data() + at, 1);
  }
  return response;
}

TEST(HttpResponse, ReadsAReceipt) {
  const HttpResponse response = read(
      "HTTP/1.1 201 Created\r\nDate: Sun, 22 Nov 2026 15:01:02 GMT\r\nContent-Length: 11\r\n\r\n"
      "{\"id\":\"06\"}");
  EXPECT_TRUE(response.done());
  EXPECT_EQ(response.status(), 201);
  EXPECT_EQ(response.body(), "{\"id\":\"06\"}");
  EXPECT_EQ(response.date_ms(), 1795359662000);
  EXPECT_TRUE(response.keep_alive());
}

TEST(HttpResponse, ReadsChunksWithExtensionsAndTrailers) {
  const HttpResponse response = read(
      "HTTP/1.1 422 No\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5;a=b\r\nhello\r\n1\r\n!\r\n0\r\nX-After: 1\r\n\r\n");
  EXPECT_TRUE(response.done());
  EXPECT_EQ(response.body(), "hello!");
  EXPECT_TRUE(response.keep_alive());
}

TEST(HttpResponse, TakesTheEndOfTheConnectionForTheEndOfABodyWithoutLength) {
  HttpResponse response = read("HTTP/1.1 500 Oops\r\n\r\nno length");
  EXPECT_FALSE(response.done());
  response.end_of_stream();
  EXPECT_TRUE(response.done());
  EXPECT_EQ(response.body(), "no length");
  EXPECT_FALSE(response.keep_alive());
}

TEST(HttpResponse, DoesNotTakeItForTheEndOfAnyOther) {
  for (const char* text : {"", "HTTP/1.1 201 Cre", "HTTP/1.1 201 Created\r\nContent-Length: 5\r\n\r\nabc",
                           "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"}) {
    HttpResponse response = read(text);
    response.end_of_stream();
    EXPECT_TRUE(response.failed()) << text;
  }
}

TEST(HttpResponse, KnowsWhatHasNoBody) {
  EXPECT_TRUE(read("HTTP/1.1 204 No Content\r\n\r\n").done());
  EXPECT_TRUE(read("HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n").done());
  EXPECT_TRUE(read("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n").done());
}

TEST(HttpResponse, SkipsWhatComesBeforeTheRealOne) {
  const HttpResponse response = read(
      "HTTP/1.1 103 Early Hints\r\nContent-Length: 99\r\n\r\n"
      "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
  EXPECT_TRUE(response.done());
  EXPECT_EQ(response.status(), 201);
}

TEST(HttpResponse, KnowsWhetherTheConnectionStays) {
  EXPECT_FALSE(read("HTTP/1.1 201 C\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n").keep_alive());
  EXPECT_FALSE(read("HTTP/1.1 201 C\r\nConnection: foo , close\r\nContent-Length: 0\r\n\r\n").keep_alive());
  EXPECT_TRUE(read("HTTP/1.1 201 C\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n").keep_alive());
  EXPECT_FALSE(read("HTTP/1.0 201 C\r\nContent-Length: 0\r\n\r\n").keep_alive());
}

TEST(HttpResponse, LeavesWhatComesAfterAndTrustsTheConnectionNoMore) {
  const std::string text = "HTTP/1.1 201 C\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\n";
  HttpResponse response;
  EXPECT_EQ(response.feed(text.data(), text.size()), 37U);
  EXPECT_TRUE(response.done());
  EXPECT_FALSE(response.keep_alive());
}

TEST(HttpResponse, UnderstandsBothFormsOfRetryAfter) {
  EXPECT_EQ(read("HTTP/1.1 503 S\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n").retry_after_ms(),
            120'000);
  EXPECT_EQ(read("HTTP/1.1 503 S\r\nDate: Sun, 22 Nov 2026 15:01:02 GMT\r\n"
                 "Retry-After: Sun, 22 Nov 2026 15:01:32 GMT\r\nContent-Length: 0\r\n\r\n")
                .retry_after_ms(),
            30'000);
  EXPECT_EQ(read("HTTP/1.1 503 S\r\nRetry-After: soon\r\nContent-Length: 0\r\n\r\n").retry_after_ms(),
            std::nullopt);
}

TEST(HttpResponse, KeepsAKilobyteAndDrainsTheRest) {
  const std::string body(max_kept_body + 500, 'x');
  HttpResponse response;
  const std::string text =
      "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  response.feed(text.data(), text.size());
  EXPECT_TRUE(response.keep_alive());
  EXPECT_EQ(response.body(), std::string_view(body).substr(0, max_kept_body));
}

TEST(HttpResponse, DoesNotReadAPortalsWholePage) {
  const std::string text =
      "HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n" + std::string(max_drained_body + 1, 'x');
  HttpResponse response;
  response.feed(text.data(), text.size());
  EXPECT_TRUE(response.done());
  EXPECT_FALSE(response.keep_alive());
}

TEST(HttpResponse, SkipsHeadersThatAreLongerThanItsLine) {
  const HttpResponse response = read("HTTP/1.1 201 C\r\nSet-Cookie: " + std::string(3 * max_kept_line, 'c') +
                                     "\r\nContent-Length: 0\r\n\r\n");
  EXPECT_TRUE(response.done());
}

TEST(HttpResponse, RefusesWhatIsNotHttp) {
  for (const std::string& text : {
           std::string("SSH-2.0-OpenSSH_9.2\r\n"),
           std::string("HTTP/2 200 OK\r\n"),
           std::string("HTTP/1.1 20 OK\r\n"),
           std::string("HTTP/1.1 2000 OK\r\n"),
           std::string("HTTP/1.1 200 OK\r\nNo colon here\r\n"),
           std::string("HTTP/1.1 200 OK\r\nA: b\r\n folded\r\n"),
           std::string("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n"),
           std::string("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n"),
           std::string("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n"),
           std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n"),
           std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"),
           std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n"),
           std::string("HTTP/1.1 101 Switching\r\n\r\n"),
           "HTTP/1.1 200 OK\r\nA: " + std::string(max_line_bytes, 'x'),
       }) {
    EXPECT_TRUE(read(text).failed()) << text.substr(0, 80);
  }
}

// What a part of a larger thing is handed on as.
struct Sink final : BodySink {
  void take(int status, const ContentRange& range, const char* data, std::size_t size) override {
    taken += std::to_string(status) + "@" + (range.first ? std::to_string(*range.first) : "?") + ":" +
             std::string(data, size) + " ";
  }
  std::string taken;
};

TEST(HttpResponse, HandsABodyOnAsItComes) {
  Sink sink;
  HttpResponse response;
  response.clear(&sink);
  const std::string head =
      "HTTP/1.1 206 Partial Content\r\ncontent-range: bytes 7-10/99\r\nContent-Length: 4\r\n\r\n";
  response.feed(head.data(), head.size());
  response.feed("ab", 2);
  response.feed("cd", 2);
  EXPECT_EQ(sink.taken, "206@7:ab 206@7:cd ");
  EXPECT_TRUE(response.done());
  EXPECT_EQ(response.content_range().first, 7U);
  response.clear();
  const std::string next = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx";
  response.feed(next.data(), next.size());
  EXPECT_EQ(sink.taken, "206@7:ab 206@7:cd ");  // it is for one answer
  EXPECT_FALSE(response.content_range().first);
}

TEST(HttpResponse, ARangeThatCannotBeReadIsNone) {
  for (const char* range :
       {"bytes */99", "bytes x-9/99", "items 7-9/99", "bytes 7", "7-9/99", "bytes -5-9/9"}) {
    HttpResponse response;
    const std::string head =
        "HTTP/1.1 206 Partial Content\r\nContent-Range: " + std::string(range) + "\r\n\r\n";
    response.feed(head.data(), head.size());
    EXPECT_FALSE(response.content_range().first) << range;
  }
}

TEST(HttpResponse, KeepsWhatIsSaidOfAnUpload) {
  HttpResponse response;
  response.clear();
  const std::string text =
      "HTTP/1.1 204 No Content\r\nlocation: /device/v1/uploads/1m81\r\nUpload-Offset: 65536\r\n"
      "Heliograph-Image: 06fk2r8m0q3zt\r\nHeliograph-Orders: " +
      std::string(2'000, 'x') + "\r\n\r\n";
  response.feed(text.data(), text.size());
  ASSERT_TRUE(response.done());
  EXPECT_EQ(response.upload().location.view(), "/device/v1/uploads/1m81");
  EXPECT_EQ(response.upload().offset, 65'536U);
  EXPECT_EQ(response.upload().image_id.view(), "06fk2r8m0q3zt");
  EXPECT_TRUE(response.upload().has_orders);
  EXPECT_TRUE(response.keep_alive());
  response.clear();
  EXPECT_FALSE(response.upload().offset);
}

TEST(HttpResponse, TakesNoOffsetThatIsNone) {
  for (const char* offset : {"", "-1", "1x", "99999999999999999999999"}) {
    HttpResponse response;
    response.clear();
    const std::string text = std::string("HTTP/1.1 204 No Content\r\nUpload-Offset: ") + offset + "\r\n\r\n";
    response.feed(text.data(), text.size());
    EXPECT_FALSE(response.upload().offset) << offset;
  }
}

}  // namespace
}  // namespace heliograph::firmware
