#include "server/http/parser.hpp"

#include <gmock/gmock.h>

namespace heliograph::http {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

struct Outcome {
  Request request;
  std::optional<Refusal> refusal;
  bool head_done = false;
  bool done = false;
  std::string body;
  std::optional<Error> body_error;
  std::size_t left = 0;  // bytes behind the request
};

// Feeds `text` as a connection would: `piece` bytes at a time, what is not used offered again.
Outcome parse(std::string_view text, std::size_t piece = std::string_view::npos,
              std::uint64_t body_limit = 1000) {
  const Limits limits;
  RequestParser parser(limits);
  Outcome outcome;
  std::string window;
  while (!outcome.refusal && !outcome.body_error && !(parser.head_done() && parser.done())) {
    if (text.empty()) break;
    window += text.substr(0, piece);
    text.remove_prefix(std::min(piece, text.size()));
    if (!parser.head_done()) {
      window.erase(0, parser.read_head(window));
      if (parser.refusal()) outcome.refusal = *parser.refusal();
      if (parser.head_done()) parser.limit_body(body_limit);
    }
    if (parser.head_done() && !outcome.refusal && !window.empty()) {
      const auto read = parser.read_body(window);
      if (!read) {
        outcome.body_error = read.error();
        break;
      }
      outcome.body.append(reinterpret_cast<const char*>(read->bytes.data()), read->bytes.size());
      window.erase(0, read->used);
    }
  }
  outcome.head_done = parser.head_done();
  outcome.done = parser.done();
  outcome.left = window.size() + text.size();
  outcome.request = std::move(parser.request());
  return outcome;
}

const std::string host = "Host: h\r\n";

TEST(RequestParser, ReadsAHeader) {
  const Outcome outcome =
      parse("POST /upload?key=k%201 HTTP/1.1\r\nHost: h\r\nX-API-Key:  abc \t\r\nEmpty:\r\n\r\n");
  ASSERT_TRUE(outcome.done);
  EXPECT_EQ(outcome.request.method, Method::post);
  EXPECT_EQ(outcome.request.path, "/upload");
  EXPECT_THAT(outcome.request.query, ElementsAre(Pair("key", "k 1")));
  EXPECT_THAT(outcome.request.headers,
              ElementsAre(Pair("Host", "h"), Pair("X-API-Key", "abc"), Pair("Empty", "")));
}

TEST(RequestParser, ReadsTheSameFromPiecesOfAnySize) {
  const std::string text =
      "\r\n\nPUT /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5;name=\"v;\\\"\"\r\nhello\r\n1\r\n \r\n00A\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\nGET /next";
  for (std::size_t piece = 1; piece <= text.size(); ++piece) {
    const Outcome outcome = parse(text, piece);
    ASSERT_TRUE(outcome.done) << piece;
    EXPECT_EQ(outcome.body, "hello 0123456789") << piece;
    EXPECT_EQ(outcome.left, 9U) << piece;
    EXPECT_THAT(outcome.request.headers, ElementsAre(Pair("Host", "h"), Pair("Transfer-Encoding", "chunked")))
        << piece;
  }
}

TEST(RequestParser, ReadsAnEmptyChunkedBodyFromPieces) {
  const std::string text = "PUT /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
  for (std::size_t piece = 1; piece <= text.size(); ++piece) EXPECT_TRUE(parse(text, piece).done) << piece;
}

TEST(RequestParser, TakesExactlyTheAnnouncedLength) {
  const std::string text = "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello\r\n\r\nGET";
  for (std::size_t piece = 1; piece <= text.size(); ++piece) {
    const Outcome outcome = parse(text, piece);
    EXPECT_TRUE(outcome.done) << piece;
    EXPECT_EQ(outcome.body, "hello") << piece;
    EXPECT_EQ(outcome.left, 7U) << piece;
  }
}

TEST(RequestParser, JoinsChunksInPlace) {
  const Limits limits;
  RequestParser parser(limits);
  const std::string_view head = "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  ASSERT_EQ(parser.read_head(head), head.size());
  std::string window = "1\r\na\r\n2\r\nbc\r\n3\r\ndef\r\n4\r\ngh";
  const auto piece = parser.read_body(window);
  ASSERT_TRUE(piece);
  EXPECT_EQ(std::string(piece->bytes.begin(), piece->bytes.end()), "abcdefgh") << "one piece, not four";
  EXPECT_EQ(piece->used, window.size());
  EXPECT_EQ(reinterpret_cast<const char*>(piece->bytes.data()), window.data() + 3) << "no copy of its own";
}

TEST(RequestParser, RefusesWhatCannotBeTrusted) {
  const struct {
    const char* why;
    std::string text;
    int status;
  } rows[] = {
      {"second length", "POST / HTTP/1.1\r\n" + host + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n", 400},
      {"same length twice", "POST / HTTP/1.1\r\n" + host + "Content-Length: 5\r\ncontent-length: 5\r\n\r\n",
       400},
      {"listed length", "POST / HTTP/1.1\r\n" + host + "Content-Length: 5, 5\r\n\r\n", 400},
      {"signed length", "POST / HTTP/1.1\r\n" + host + "Content-Length: +5\r\n\r\n", 400},
      {"negative length", "POST / HTTP/1.1\r\n" + host + "Content-Length: -5\r\n\r\n", 400},
      {"hexadecimal length", "POST / HTTP/1.1\r\n" + host + "Content-Length: 0x5\r\n\r\n", 400},
      {"endless length", "POST / HTTP/1.1\r\n" + host + "Content-Length: 99999999999999999999\r\n\r\n", 400},
      {"empty length", "POST / HTTP/1.1\r\n" + host + "Content-Length:\r\n\r\n", 400},
      {"length and chunks",
       "POST / HTTP/1.1\r\n" + host + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
      {"chunks and length",
       "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n", 400},
      {"other coding", "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip\r\n\r\n", 501},
      {"two codings", "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip, chunked\r\n\r\n", 501},
      {"coding twice",
       "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n", 400},
      {"chunks twice",
       "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
       400},
      {"coding behind a blank of no kind",
       "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: \vchunked\r\n\r\n", 400},
      {"two words of length", "POST / HTTP/1.1\r\n" + host + "Content-Length: 5 5\r\n\r\n", 400},
      {"blank before the length's colon", "POST / HTTP/1.1\r\n" + host + "Content-Length : 5\r\n\r\n", 400},
      {"folded length", "POST / HTTP/1.1\r\n" + host + "Content-Length: 5\r\n 0\r\n\r\n", 400},
      {"quoted coding", "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: \"chunked\"\r\n\r\n", 501},
      {"chunks in 1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
      {"folded field", "GET / HTTP/1.1\r\n" + host + "A: b\r\n c\r\n\r\n", 400},
      {"field folded at once", "GET / HTTP/1.1\r\n" + host + "A:\r\n c\r\n\r\n", 400},
      {"field folded to nothing", "GET / HTTP/1.1\r\n" + host + "A: \r\n\t\r\n\r\n", 400},
      {"folded coding", "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding:\r\n chunked\r\n\r\n", 400},
      {"first field folded", "GET / HTTP/1.1\r\n A: b\r\n" + host + "\r\n", 400},
      {"blank before the colon", "GET / HTTP/1.1\r\n" + host + "A : b\r\n\r\n", 400},
      {"no name", "GET / HTTP/1.1\r\n" + host + ": b\r\n\r\n", 400},
      {"bare line feeds", "GET / HTTP/1.1\nHost: h\n\r\n\r\n", 505},
      {"bare line feed in a field", "GET / HTTP/1.1\r\n" + host + "A: b\nC: d\r\n\r\n", 400},
      {"header that ends with line feeds", "GET / HTTP/1.1\r\n" + host + "A: b\n\nGET / HTTP/1.1\r\n\r\n",
       400},
      {"carriage return in a field", "GET / HTTP/1.1\r\n" + host + "A: b\rC: d\r\n\r\n", 400},
      {"two carriage returns", "GET / HTTP/1.1\r\r\n" + host + "\r\n", 505},
      {"NUL in a field", std::string("GET / HTTP/1.1\r\n") + host + "A: b" + '\0' + "\r\n\r\n", 400},
      {"no host", "GET / HTTP/1.1\r\n\r\n", 400},
      {"two hosts", "GET / HTTP/1.1\r\n" + host + host + "\r\n", 400},
      {"unknown method", "BREW / HTTP/1.1\r\n" + host + "\r\n", 501},
      {"method of proxies", "CONNECT h:443 HTTP/1.1\r\n" + host + "\r\n", 501},
      {"lower case method", "get / HTTP/1.1\r\n" + host + "\r\n", 501},
      {"bad target", "GET /../etc/passwd HTTP/1.1\r\n" + host + "\r\n", 400},
      {"HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
      {"HTTP/0.9", "GET /\r\n\r\n", 400},
      {"TLS", "\x16\x03\x01\x02", 400},
      {"unknown expectation", "POST / HTTP/1.1\r\n" + host + "Expect: magic\r\n\r\n", 417},
      {"long line", "GET /" + std::string(9000, 'a'), 431},
      {"long field", "GET / HTTP/1.1\r\n" + host + "A: " + std::string(9000, 'a'), 431},
      {"long header", "GET / HTTP/1.1\r\n" + host + "A: " + std::string(8180, 'a') + "\r\n\r\n", 431},
      {"empty lines for ever", std::string(9000, '\n') + "GET / HTTP/1.1\r\n\r\n", 400},
  };
  for (const auto& row : rows) {
    for (const std::size_t piece : {std::string_view::npos, std::size_t{1}, std::size_t{7}}) {
      const Outcome outcome = parse(row.text, piece);
      ASSERT_TRUE(outcome.refusal) << row.why << " in pieces of " << piece;
      EXPECT_EQ(outcome.refusal->status, row.status) << row.why << ": " << outcome.refusal->detail;
    }
  }
}

TEST(RequestParser, CountsTheHeaderOverAllPieces) {
  std::string text = "GET / HTTP/1.1\r\nHost: h\r\n";
  for (int i = 0; i < 90; ++i) text += "A: " + std::string(100, 'x') + "\r\n";
  EXPECT_EQ(parse(text, 100).refusal->status, 431);
}

TEST(RequestParser, TakesAHundredFieldsAndNoMore) {
  std::string text = "GET / HTTP/1.1\r\nHost: h\r\n";
  for (int i = 0; i < 99; ++i) text += "A: x\r\n";
  EXPECT_FALSE(parse(text + "\r\n").refusal);
  EXPECT_EQ(parse(text + "A: x\r\n\r\n").refusal->status, 431);
}

TEST(RequestParser, RefusesBrokenChunks) {
  const struct {
    const char* why;
    std::string body;
    ErrorKind kind;
  } rows[] = {
      {"no size", "\r\nhello\r\n0\r\n\r\n", ErrorKind::bad_request},
      {"no number", "xyz\r\nhello\r\n", ErrorKind::bad_request},
      {"negative", "-1\r\nhello\r\n", ErrorKind::bad_request},
      {"longer than its size", "5\r\nhello!\r\n0\r\n\r\n", ErrorKind::bad_request},
      {"over 64 bits", "10000000000000000\r\nhello\r\n", ErrorKind::bad_request},
      {"bare line feed", "5\nhello\r\n", ErrorKind::bad_request},
      {"sign", "+5\r\nhello\r\n0\r\n\r\n", ErrorKind::bad_request},
      {"prefix", "0x5\r\nhello\r\n0\r\n\r\n", ErrorKind::bad_request},
      {"blank before the size", " 5\r\nhello\r\n0\r\n\r\n", ErrorKind::bad_request},
      {"blank behind the size", "5 \r\nhello\r\n0\r\n\r\n", ErrorKind::bad_request},
      {"line feed behind the data", "5\r\nhello\n0\r\n\r\n", ErrorKind::bad_request},
      {"no line end behind the data", "5\r\nhello0\r\n\r\n", ErrorKind::bad_request},
      {"line feed in an extension", "5;a\nhello\r\n0\r\n\r\n", ErrorKind::bad_request},
      {"line feed in a quoted extension", "5;a=\"\n\"\r\nhello\r\n0\r\n\r\n", ErrorKind::bad_request},
      {"line feeds in the last extension", "0;a=\"\n\n\"\r\n\r\n", ErrorKind::bad_request},
      {"DEL in a quoted extension", "5;a=\"\x7f\"\r\nhello\r\n0\r\n\r\n", ErrorKind::bad_request},
      {"line feed in a trailer", "0\r\nA: b\nC: d\r\n\r\n", ErrorKind::bad_request},
      {"folded trailer", "0\r\nA: b\r\n c\r\n\r\n", ErrorKind::bad_request},
      {"length in the trailer", "0\r\nContent-Length: 99\r\n\r\n", ErrorKind::bad_request},
      {"endless extension", "5;" + std::string(9000, 'a'), ErrorKind::bad_request},
      {"endless trailer", "0\r\n" + std::string(9000, 'a'), ErrorKind::bad_request},
      {"over the limit", "3E9\r\n", ErrorKind::too_large},
      {"over the limit in sum", "1F4\r\n" + std::string(500, 'a') + "\r\n1F5\r\n", ErrorKind::too_large},
      {"nearly all numbers", "FFFFFFFFFFFFFFFF\r\n", ErrorKind::too_large},
  };
  for (const auto& row : rows) {
    const std::string text = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + row.body;
    for (const std::size_t piece : {std::string_view::npos, std::size_t{1}, std::size_t{7}}) {
      const Outcome outcome = parse(text, piece);
      ASSERT_TRUE(outcome.body_error) << row.why << " in pieces of " << piece;
      EXPECT_EQ(outcome.body_error->kind, row.kind) << row.why << ": " << outcome.body_error->detail;
    }
  }
}

TEST(RequestParser, TellsAnEmptyBodyFromAChunkedOne) {
  const Limits limits;
  const auto length_for = [&limits](const std::string& fields) {
    RequestParser parser(limits);
    parser.read_head("POST / HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n");
    return parser.body_length();
  };
  EXPECT_EQ(length_for(""), 0U);
  EXPECT_EQ(length_for("Content-Length: 0\r\n"), 0U);
  EXPECT_EQ(length_for("Content-Length: 7\r\n"), 7U);
  EXPECT_EQ(length_for("Transfer-Encoding: Chunked\r\n"), std::nullopt);
}

TEST(RequestParser, KnowsWhoKeepsTheConnection) {
  const Limits limits;
  const auto keeps = [&limits](const std::string& text) {
    RequestParser parser(limits);
    parser.read_head(text);
    return parser.keep_alive();
  };
  EXPECT_TRUE(keeps("GET / HTTP/1.1\r\nHost: h\r\n\r\n"));
  EXPECT_FALSE(keeps("GET / HTTP/1.1\r\nHost: h\r\nConnection: Close\r\n\r\n"));
  EXPECT_FALSE(keeps("GET / HTTP/1.1\r\nHost: h\r\nConnection: x, close\r\n\r\n"));
  EXPECT_FALSE(keeps("GET / HTTP/1.0\r\n\r\n"));
  EXPECT_FALSE(keeps("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
}

}  // namespace
}  // namespace heliograph::http
