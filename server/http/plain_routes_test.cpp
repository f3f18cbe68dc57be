#include "server/http/plain_routes.hpp"

#include "server/http/test_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::http::testing {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view proofs = ".well-known/acme-challenge";

std::string get(std::string_view target, std::string_view host = "photos.example.org") {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n";
}

class PlainRoutes : public ::testing::Test {
 protected:
  PlainRoutes() { std::filesystem::create_directories(webroot_.path() / proofs); }

  Reply ask(std::string_view request) const { return server_.connect().ask(request); }

  TemporaryDirectory webroot_;
  TestServer server_{plain_routes(webroot_.path(), 443)};
};

TEST_F(PlainRoutes, LeadBrowsersToTheSameAddressAtHttps) {
  const struct {
    std::string_view target, host, location;
  } rows[] = {
      {"/", "photos.example.org", "https://photos.example.org/"},
      {"/?camera=orchard%20north", "photos.example.org:80",
       "https://photos.example.org/?camera=orchard%20north"},
      {"/uploads/a.jpg", "203.0.113.7", "https://203.0.113.7/uploads/a.jpg"},
      {"/x", "[2001:db8::1]:8080", "https://[2001:db8::1]/x"},
      {"http://photos.example.org/a%20b", "photos.example.org", "https://photos.example.org/a%20b"},
  };
  for (const auto& row : rows) {
    const Reply reply = ask(get(row.target, row.host));
    EXPECT_EQ(reply.status, 301) << row.target;
    EXPECT_EQ(reply.header("location"), row.location);
  }
  const TestServer elsewhere(plain_routes({}, 8443));
  EXPECT_EQ(elsewhere.connect().ask(get("/")).header("location"), "https://photos.example.org:8443/");
}

TEST_F(PlainRoutes, LeadNobodyElsewhere) {
  for (const std::string_view host :
       {"", "evil.example/path", "a b", "user@evil.example", "[::1", "a?b", "a#b", "a\\b"}) {
    const Reply reply = ask(get("/", host));
    EXPECT_EQ(reply.status, 400) << host;
    EXPECT_EQ(reply.header("location"), "");
  }
}

// The host is that of the Host field, and the rest what was asked for, with nothing in it that could end the
// line or begin another address.
TEST_F(PlainRoutes, LeadNowhereButDownFromTheHost) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"//evil.example/a", "//evil.example/a"},
      {"/%2e.evil.example", "/..evil.example"},
      {"/%5cevil.example", "/%5Cevil.example"},
      {"/%0d%0aX-Evil:%201", "/%0D%0AX-Evil:%201"},
      {"/a?%0d%0aX-Evil:%201=%0a", "/a?%0D%0AX-Evil%3A%201=%0A"},
      {"/@evil.example", "/@evil.example"},
      {"http://evil.example/a", "/a"},
      {"https://photos.example.org@evil.example:8443/a", "/a"},
  };
  for (const auto& [target, led_to] : rows) {
    const Reply reply = ask(get(target));
    EXPECT_EQ(reply.status, 301) << target;
    EXPECT_EQ(reply.header("location"), "https://photos.example.org" + std::string(led_to)) << target;
    EXPECT_EQ(reply.header("x-evil"), "");
    EXPECT_EQ(reply.header("cache-control"), "no-store") << "one visitor's Host must not lead the next one";
  }
  for (const std::string_view target : {"/\\evil.example", "\\\\evil.example", "evil.example", "/a\tb"}) {
    EXPECT_EQ(ask(get(target)).status, 400) << target;
  }
  for (const std::string_view field : {"X-Forwarded-Host", "X-Host", "Forwarded"}) {
    const Reply reply = ask("GET / HTTP/1.1\r\nHost: photos.example.org\r\n" + std::string(field) +
                            ": host=evil.example\r\n\r\n");
    EXPECT_EQ(reply.header("location"), "https://photos.example.org/") << field;
  }
}

TEST_F(PlainRoutes, RefuseWhatWouldCarryAKey) {
  const Reply reply =
      ask("POST /upload HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer k\r\nContent-Length: 5\r\n\r\nhello");
  EXPECT_EQ(reply.status, 403);
  EXPECT_THAT(reply.body, HasSubstr("use https://"));
}

TEST_F(PlainRoutes, ShowAnAcmeClientsProofsAndNothingBesideThem) {
  webroot_.write(std::string(proofs) + "/tok_en-1", "tok_en-1.thumbprint");
  webroot_.write("secret", "not for you");
  webroot_.write(std::string(proofs) + "/a.b", "no token has a dot");
  std::filesystem::create_directory(webroot_.path() / proofs / "folder");
  const Reply proof = ask(get("/.well-known/acme-challenge/tok_en-1"));
  EXPECT_EQ(proof.status, 200);
  EXPECT_EQ(proof.body, "tok_en-1.thumbprint");
  for (const std::string_view token : {"other", "..%5c..%5csecret", "%2e%2e", "%252e%252e%252fsecret", "a.b",
                                       "folder", "tok_en-1%00", "tok_en-1%20"}) {
    EXPECT_NE(ask(get("/.well-known/acme-challenge/" + std::string(token))).status, 200) << token;
  }
  EXPECT_EQ(ask(get("/.well-known/acme-challenge/../../secret")).status, 400);
  const TestServer without(plain_routes({}, 443));
  EXPECT_EQ(without.connect().ask(get("/.well-known/acme-challenge/tok_en-1")).status, 404);
}

TEST(OnlySecurely, RefusesWhatCameInClearFromElsewhere) {
  const Handler answer = [](Request&) -> Task<Response> { co_return text_response(200, "in"); };
  std::vector<Route> routes{{Method::get, "/healthz", 0, answer},
                            {Method::post, "/healthz", 10, answer},
                            {Method::post, "/upload", 10, answer}};
  // The clients of a proxy on this machine are whoever it says.
  const auto in_clear = [](const Route& route) {
    return route.method == Method::get && route.pattern == "/healthz";
  };
  const TestServer server(only_securely(std::move(routes), in_clear), {}, {},
                          {Network::parse("127.0.0.1").value()});
  const struct {
    std::string_view request, client, proto;
    int status;
  } rows[] = {
      {"POST /upload", "203.0.113.7", "https", 200}, {"POST /upload", "203.0.113.7", "http", 403},
      {"POST /upload", "127.0.0.9", "http", 200},    {"POST /upload", "::1", "http", 200},
      {"GET /healthz", "203.0.113.7", "http", 200},  {"HEAD /healthz", "203.0.113.7", "http", 200},
      {"POST /healthz", "203.0.113.7", "http", 403}, {"POST /healthz", "203.0.113.7", "", 403},
  };
  for (const auto& row : rows) {
    Client client = server.connect();
    client.send(std::string(row.request) + " HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\nX-Forwarded-For: " +
                std::string(row.client) + "\r\nX-Forwarded-Proto: " + std::string(row.proto) + "\r\n\r\n");
    EXPECT_EQ(client.read_reply(row.request.starts_with("HEAD")).status, row.status)
        << row.request << " of " << row.client << " by " << row.proto;
  }
}

}  // namespace
}  // namespace heliograph::http::testing
