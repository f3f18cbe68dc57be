// A server as its clients see it, plain and with TLS: requests and answers, byte by byte.
#include "server/http/server.hpp"

#include "server/http/test_support.hpp"

#include <gmock/gmock.h>

namespace heliograph::http::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

constexpr std::uint64_t upload_limit = 1024 * 1024;

Task<Response> hello(Request& request) {
  co_return text_response(200, "hello " + request.captures[0]);
}

Task<Response> describe(Request& request) {
  std::string text = request.peer;
  for (const auto& [name, value] : request.query) text.append(" ").append(name).append("=").append(value);
  co_return text_response(200, std::move(text));
}

// Answers with what it was sent; a body that breaks off is answered with the reason.
Task<Response> echo(Request& request) {
  std::string whole;
  for (;;) {
    const auto piece = co_await request.body->next();
    if (!piece) co_return problem_response(piece.error());
    if (piece->empty()) break;
    whole.append(reinterpret_cast<const char*>(piece->data()), piece->size());
  }
  co_return text_response(200, std::move(whole));
}

// Says no without a look at the body, as for a wrong key.
Task<Response> refuse(Request&) {
  co_return problem_response({ErrorKind::unauthorized, "no"});
}

Task<Response> fail(Request&) {
  throw std::logic_error("a bug");
  co_return Response{};
}

Task<void> write_pieces(BodyWriter& writer) {
  for (const std::string_view piece : {"one ", "", "two ", "three"}) {
    if (!co_await writer.write(piece)) co_return;
  }
}

Task<Response> stream(Request&) {
  Response response;
  response.content_type = "text/plain";
  response.body = StreamBody(write_pieces);
  co_return response;
}

std::vector<Route> routes() {
  return {
      {Method::get, "/hello/{name}", 0, hello},    {Method::get, "/describe", 0, describe},
      {Method::get, "/stream", 0, stream},         {Method::get, "/fail", 0, fail},
      {Method::post, "/echo", upload_limit, echo}, {Method::post, "/refuse", upload_limit, refuse},
  };
}

std::string post(std::string_view path, std::string_view body, std::string_view fields = "") {
  return "POST " + std::string(path) +
         " HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
         std::string(fields) + "\r\n" + std::string(body);
}

class ServerTest : public ::testing::TestWithParam<bool> {
 protected:
  bool tls() const { return GetParam(); }

  TemporaryDirectory directory_;
  TestServer server_{routes(), {}, tls() ? std::optional(make_certificate(directory_)) : std::nullopt};
  Client client_ = server_.connect();
};

INSTANTIATE_TEST_SUITE_P(Streams, ServerTest, ::testing::Bool(),
                         [](const auto& info) { return info.param ? "Tls" : "Plain"; });

TEST_P(ServerTest, AnswersAndKeepsTheConnection) {
  for (int i = 0; i < 3; ++i) {
    const Reply reply = client_.ask("GET /hello/J%C3%B6rg HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.body, "hello J\xC3\xB6rg");
    EXPECT_EQ(reply.header("Cache-Control"), "no-store");
    EXPECT_EQ(reply.header("Connection"), "");
  }
  EXPECT_EQ(server_.server.stats().connections_accepted, 1U);
  EXPECT_EQ(server_.server.stats().responses_2xx, 3U);
}

TEST_P(ServerTest, TellsAHandlerWhoAsks) {
  EXPECT_EQ(client_.ask("GET /describe?a=1&b=x+y HTTP/1.1\r\nHost: h\r\n\r\n").body, "127.0.0.1 a=1 b=x y");
}

TEST_P(ServerTest, ClosesWhenAskedTo) {
  client_.send("GET /hello/a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  const std::string all = client_.read_all();
  EXPECT_THAT(all, StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(all, HasSubstr("Connection: close\r\n"));
  EXPECT_FALSE(client_.was_reset());
}

TEST_P(ServerTest, TakesAnAbsoluteTargetAndStrayBytesBehindTheBody) {  // as a Prusa camera sends them
  client_.send(
      "POST https://127.0.0.1/echo HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: "
      "4\r\n\r\nJPEG");
  client_.send("\r\n\r\n");
  const std::string all = client_.read_all();
  EXPECT_THAT(all, ::testing::EndsWith("\r\n\r\nJPEG"));
  EXPECT_FALSE(client_.was_reset()) << "unread bytes must not turn the goodbye into a reset";
}

TEST_P(ServerTest, SkipsStrayLineEndsBetweenRequests) {
  EXPECT_EQ(client_.ask(post("/echo", "a") + "\r\n\r\n").body, "a");
  EXPECT_EQ(client_.ask("\r\n" + post("/echo", "b")).body, "b");
}

TEST_P(ServerTest, AnswersHttp10AndCloses) {
  client_.send("GET /hello/a HTTP/1.0\r\n\r\n");
  EXPECT_THAT(client_.read_all(), HasSubstr("Connection: close\r\n"));
}

TEST_P(ServerTest, AnswersPipelinedRequestsInOrder) {
  std::string requests;
  for (int i = 0; i < 500; ++i) {
    requests += "GET /hello/" + std::to_string(i) + " HTTP/1.1\r\nHost: h\r\n\r\n";
    requests += post("/echo", "body " + std::to_string(i));
  }
  ASSERT_TRUE(client_.send(requests));
  for (int i = 0; i < 500; ++i) {
    ASSERT_EQ(client_.read_reply().body, "hello " + std::to_string(i));
    ASSERT_EQ(client_.read_reply().body, "body " + std::to_string(i));
  }
}

TEST_P(ServerTest, AnswersHeadFromGetRoutes) {
  client_.send("HEAD /hello/abc HTTP/1.1\r\nHost: h\r\n\r\n");
  const Reply reply = client_.read_reply(/*to_head=*/true);
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.header("Content-Length"), "9");
  client_.send("HEAD /stream HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(client_.read_reply(/*to_head=*/true).header("Transfer-Encoding"), "chunked");
  EXPECT_EQ(client_.ask("GET /hello/x HTTP/1.1\r\nHost: h\r\n\r\n").body, "hello x")
      << "no body was in between";
}

TEST_P(ServerTest, KnowsWhatItDoesNotHave) {
  const Reply missing = client_.ask("GET /nowhere HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(missing.status, 404);
  EXPECT_EQ(missing.header("Content-Type"), "application/problem+json");
  const Reply not_allowed = client_.ask("DELETE /hello/a HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(not_allowed.status, 405);
  EXPECT_EQ(not_allowed.header("Allow"), "GET, HEAD");
  EXPECT_EQ(client_.ask("BREW /hello/a HTTP/1.1\r\nHost: h\r\n\r\n").status, 501);
}

TEST_P(ServerTest, StreamsInChunks) {
  const Reply reply = client_.ask("GET /stream HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(reply.header("Transfer-Encoding"), "chunked");
  EXPECT_EQ(reply.body, "one two three");
  EXPECT_TRUE(reply.whole);
  EXPECT_EQ(client_.ask("GET /hello/x HTTP/1.1\r\nHost: h\r\n\r\n").status, 200) << "and goes on";
}

TEST_P(ServerTest, StreamsToHttp10UntilTheEnd) {
  client_.send("GET /stream HTTP/1.0\r\n\r\n");
  const std::string all = client_.read_all();
  EXPECT_THAT(all, ::testing::EndsWith("\r\n\r\none two three"));
  EXPECT_THAT(all, ::testing::Not(HasSubstr("chunked")));
}

TEST_P(ServerTest, SurvivesAHandlerThatThrows) {
  const Reply reply = client_.ask("GET /fail HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(reply.status, 500);
  EXPECT_THAT(reply.body, ::testing::Not(HasSubstr("a bug"))) << "that is for the log";
  EXPECT_EQ(client_.ask("GET /hello/x HTTP/1.1\r\nHost: h\r\n\r\n").status, 200);
}

// Bodies.

TEST_P(ServerTest, HandsOverBodiesOfAnySize) {
  std::string body(upload_limit, 'x');
  for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<char>(i * 7 + i / 251);
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{1}, std::size_t{8192}, std::size_t{300'000}, body.size()}) {
    const Reply reply = client_.ask(post("/echo", std::string_view(body).substr(0, size)));
    EXPECT_EQ(reply.status, 200);
    EXPECT_TRUE(reply.body == std::string_view(body).substr(0, size)) << size;
  }
}

TEST_P(ServerTest, HandsOverAChunkedBody) {
  std::string request = "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  std::string body;
  for (int i = 0; i < 3000; ++i) {
    const std::string chunk(static_cast<std::size_t>(1 + i % 300), static_cast<char>('a' + i % 26));
    char size[16];
    std::snprintf(size, sizeof size, "%zx\r\n", chunk.size());
    request += size + chunk + "\r\n";
    body += chunk;
  }
  const Reply reply = client_.ask(request + "0\r\n\r\n" + post("/echo", "next"));
  EXPECT_TRUE(reply.body == body);
  EXPECT_EQ(client_.read_reply().body, "next");
}

TEST_P(ServerTest, TakesABodyThatComesInDrops) {
  const std::string request = post("/echo", "drop by drop");
  for (const char c : request) ASSERT_TRUE(client_.send({&c, 1}));
  EXPECT_EQ(client_.read_reply().body, "drop by drop");
}

TEST_P(ServerTest, SaysContinueWhenTheHandlerWantsTheBody) {
  client_.send("POST /echo HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
  EXPECT_EQ(client_.read_reply().status, 100);
  EXPECT_EQ(client_.ask("hello").body, "hello");
  EXPECT_EQ(client_.ask(post("/echo", "again")).body, "again");
}

TEST_P(ServerTest, NeverSaysContinueToARefusedUpload) {
  client_.send("POST /refuse HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
  const std::string all = client_.read_all();
  EXPECT_THAT(all, StartsWith("HTTP/1.1 401 "));
  EXPECT_THAT(all, HasSubstr("Connection: close\r\n")) << "whether the body follows is anybody's guess";
}

TEST_P(ServerTest, RefusesALargeBodyBeforeItComes) {
  const std::string length = std::to_string(upload_limit + 1);
  client_.send("POST /echo HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: " + length +
               "\r\n\r\n");
  EXPECT_EQ(client_.read_reply().status, 413);
}

TEST_P(ServerTest, RefusesAChunkedBodyThatGrowsTooLarge) {
  client_.send("POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n100001\r\n");
  EXPECT_EQ(client_.read_reply().status, 413);
  EXPECT_THAT(client_.read_all(), IsEmpty()) << "the connection is over";
}

TEST_P(ServerTest, TakesNoBodyWhereNoneIsWanted) {
  EXPECT_EQ(client_.ask("GET /hello/a HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc").status, 413);
  EXPECT_EQ(client_.ask("GET /hello/a HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n").status, 200);
}

TEST_P(ServerTest, KeepsTheConnectionOfARefusedUpload) {
  const std::string body(upload_limit, 'x');
  for (int i = 0; i < 3; ++i) EXPECT_EQ(client_.ask(post("/refuse", body)).status, 401);
  EXPECT_EQ(client_.ask(post("/nowhere", body)).status, 404);
  EXPECT_EQ(client_.ask(post("/echo", "x")).body, "x");
  EXPECT_EQ(server_.server.stats().connections_accepted, 1U);
}

TEST_P(ServerTest, TellsWhyToASenderThatDoesNotListen) {
  // 100 MB pushed before the first look at the answer.
  const std::string piece(1024 * 1024, 'x');
  client_.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 104857600\r\n\r\n");
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(client_.send(piece)) << "cut off after " << i << " MB";
  EXPECT_EQ(client_.read_reply().status, 413);
}

TEST_P(ServerTest, AnswersABodyThatEndsEarly) {
  client_.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nhello");
  client_.half_close();
  if (tls()) return;  // without a goodbye of TLS this is a broken connection, which nobody can answer
  const Reply reply = client_.read_reply();
  EXPECT_EQ(reply.status, 400);
  EXPECT_THAT(reply.body, HasSubstr("ended after 5 of 10 bytes"));
}

TEST_P(ServerTest, TakesWhatFollowsABodyForTheNextRequest) {
  client_.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello world");
  EXPECT_EQ(client_.read_reply().body, "hello");
  EXPECT_EQ(client_.read_reply().status, 400) << "' world' is no request";
}

TEST_P(ServerTest, RefusesAndClosesAfterWhatItCannotTrust) {
  client_.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nContent-Length: 50\r\n\r\nhello" +
               post("/echo", "smuggled"));
  const std::string all = client_.read_all();
  EXPECT_THAT(all, StartsWith("HTTP/1.1 400 "));
  EXPECT_THAT(all, ::testing::Not(HasSubstr("smuggled")));
}

TEST_P(ServerTest, RefusesAHeaderWithoutEnd) {
  client_.send("GET / HTTP/1.1\r\nHost: h\r\nA: " + std::string(20'000, 'x'));
  EXPECT_EQ(client_.read_reply().status, 431);
}

}  // namespace
}  // namespace heliograph::http::testing
