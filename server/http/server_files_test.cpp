// Files and static bytes, plain (sendfile) and with TLS: whole, in part, unchanged, gone, and cut short.
#include "server/http/server.hpp"
#include "server/http/test_support.hpp"

#include <fstream>
#include <sys/stat.h>

#include <gmock/gmock.h>

namespace heliograph::http::testing {
namespace {

using ::testing::HasSubstr;

constexpr std::size_t picture_bytes = 3'000'000;  // more than any socket buffer takes at once
constexpr std::string_view modified_text = "Sun, 22 Nov 2026 15:01:02 GMT";

std::string picture() {
  std::string bytes(picture_bytes, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 31 + i / 255);
  return bytes;
}

class ServerFilesTest : public ::testing::TestWithParam<bool> {
 protected:
  Task<Response> send_file(std::string name) {
    Response response{200, "image/jpeg", Cache::immutable, {}, {}};
    response.body = FileBody{directory_.path() / name, "abc", from_ms(1'795'359'662'123)};
    co_return response;
  }

  static Task<Response> send_static() {
    static const std::vector<std::uint8_t> bytes(100'000, 'x');
    Response response{200, "text/javascript", Cache::revalidate, {}, {}};
    response.body = StaticBody{bytes, "js", true};
    co_return response;
  }

  std::vector<Route> routes() {
    return {
        {Method::get, "/files/{name}", 0,
         [this](Request& request) { return send_file(request.captures[0]); }},
        {Method::get, "/static", 0, [](Request&) { return send_static(); }},
    };
  }

  Reply get(const std::string& path, const std::string& fields = "") {
    return client_.ask("GET " + path + " HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n");
  }

  bool tls() const { return GetParam(); }

  const std::string picture_ = picture();
  TemporaryDirectory directory_;
  const std::string path_ = directory_.write("picture.jpg", picture_);
  TestServer server_{routes(), {}, tls() ? std::optional(make_certificate(directory_)) : std::nullopt};
  Client client_ = server_.connect();
};

INSTANTIATE_TEST_SUITE_P(Streams, ServerFilesTest, ::testing::Bool(),
                         [](const auto& info) { return info.param ? "Tls" : "Plain"; });

TEST_P(ServerFilesTest, SendsAFileWhole) {
  for (int i = 0; i < 3; ++i) {
    const Reply reply = get("/files/picture.jpg");
    EXPECT_EQ(reply.status, 200);
    EXPECT_TRUE(reply.body == picture_);
    EXPECT_EQ(reply.header("Content-Type"), "image/jpeg");
    EXPECT_EQ(reply.header("ETag"), "\"abc\"");
    EXPECT_EQ(reply.header("Last-Modified"), modified_text);
    EXPECT_EQ(reply.header("Cache-Control"), "private, max-age=31536000, immutable");
    EXPECT_EQ(reply.header("Content-Security-Policy"), "default-src 'none'; sandbox; frame-ancestors 'none'");
  }
}

TEST_P(ServerFilesTest, SendsAPart) {
  const Reply reply = get("/files/picture.jpg", "Range: bytes=1000000-2999998\r\n");
  EXPECT_EQ(reply.status, 206);
  EXPECT_EQ(reply.header("Content-Range"), "bytes 1000000-2999998/3000000");
  EXPECT_TRUE(reply.body == picture_.substr(1'000'000, 1'999'999));
}

TEST_P(ServerFilesTest, SendsNothingOfWhatIsUnchanged) {
  const Reply reply = get("/files/picture.jpg", "If-None-Match: \"abc\"\r\n");
  EXPECT_EQ(reply.status, 304);
  EXPECT_EQ(reply.header("ETag"), "\"abc\"");
  EXPECT_EQ(reply.header("Content-Length"), "");
  EXPECT_EQ(get("/files/picture.jpg", "If-Modified-Since: " + std::string(modified_text) + "\r\n").status,
            304);
}

TEST_P(ServerFilesTest, HasNoPartBehindTheEnd) {
  const Reply reply = get("/files/picture.jpg", "Range: bytes=3000000-\r\n");
  EXPECT_EQ(reply.status, 416);
  EXPECT_EQ(reply.header("Content-Range"), "bytes */3000000");
  EXPECT_EQ(reply.header("Cache-Control"), "no-store");
  EXPECT_EQ(get("/files/picture.jpg", "Range: bytes=0-0\r\n").body.size(), 1U)
      << "and the connection goes on";
}

TEST_P(ServerFilesTest, TellsAHeadTheLength) {
  client_.send("HEAD /files/picture.jpg HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(client_.read_reply(/*to_head=*/true).header("Content-Length"), "3000000");
  EXPECT_EQ(get("/files/picture.jpg", "Range: bytes=0-4\r\n").status, 206);
}

TEST_P(ServerFilesTest, SendsAnEmptyFile) {
  directory_.write("empty.jpg", "");
  const Reply reply = get("/files/empty.jpg");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.header("Content-Length"), "0");
  EXPECT_EQ(get("/files/picture.jpg").body.size(), picture_bytes);
}

TEST_P(ServerFilesTest, SendsNothingThatIsNoFile) {
  std::filesystem::create_directory(directory_.path() / "folder");
  ASSERT_EQ(::mkfifo((directory_.path() / "pipe").c_str(), 0600), 0);
  for (const std::string name : {"folder", "pipe"}) EXPECT_EQ(get("/files/" + name).status, 404) << name;
}

TEST_P(ServerFilesTest, KnowsWhenAFileIsGone) {
  const Reply reply = get("/files/gone.jpg");
  EXPECT_EQ(reply.status, 404);
  EXPECT_THAT(reply.body, ::testing::Not(HasSubstr(directory_.path().string())))
      << "where files lie is nobody's business";
  EXPECT_EQ(reply.header("Cache-Control"), "no-store");
}

TEST_P(ServerFilesTest, ServesManyReadersAtOnce) {
  std::vector<Client> clients;
  for (int i = 0; i < 20; ++i) {
    clients.push_back(server_.connect());
    clients.back().send("GET /files/picture.jpg HTTP/1.1\r\nHost: h\r\n\r\n");
  }
  for (Client& client : clients) EXPECT_TRUE(client.read_reply().body == picture_);
}

TEST_P(ServerFilesTest, GivesASlowReaderTheWholeFile) {
  Client slow = server_.connect(/*receive_buffer_bytes=*/4096);
  slow.send("GET /files/picture.jpg HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  std::string all;
  for (std::string piece = slow.read_some(); !piece.empty(); piece = slow.read_some()) {
    all += piece;
    if (all.size() % 7 == 0) std::this_thread::sleep_for(std::chrono::microseconds(100));
  }
  EXPECT_TRUE(all.ends_with(picture_)) << all.size();
}

TEST_P(ServerFilesTest, ClosesWhenAFileIsCutShortUnderItsHands) {
  Client slow = server_.connect(/*receive_buffer_bytes=*/4096);
  slow.send("GET /files/picture.jpg HTTP/1.1\r\nHost: h\r\n\r\n");
  slow.read_some();
  std::filesystem::resize_file(path_, 10);
  EXPECT_LT(slow.read_all().size(), picture_bytes);
}

TEST_P(ServerFilesTest, SurvivesReadersThatVanish) {
  for (int i = 0; i < 20; ++i) {
    Client client = server_.connect(/*receive_buffer_bytes=*/4096);
    client.send("GET /files/picture.jpg HTTP/1.1\r\nHost: h\r\n\r\n");
    client.read_some();
    client.reset();
  }
  EXPECT_TRUE(eventually([this] { return server_.server.stats().connections_open == 1; }))
      << "only ours is left";
  EXPECT_TRUE(get("/files/picture.jpg").body == picture_);
}

TEST_P(ServerFilesTest, SendsStaticBytes) {
  const Reply reply = get("/static");
  EXPECT_EQ(reply.body.size(), 100'000U);
  EXPECT_EQ(reply.header("Content-Encoding"), "gzip");
  EXPECT_EQ(reply.header("Cache-Control"), "no-cache");
  EXPECT_EQ(get("/static", "If-None-Match: \"js\"\r\n").status, 304);
  EXPECT_EQ(get("/static", "Range: bytes=-5\r\n").body, "xxxxx");
}

}  // namespace
}  // namespace heliograph::http::testing
