#include "server/http/response.hpp"

#include "server/http/head.hpp"

#include <map>
#include <set>

#include <gmock/gmock.h>

namespace heliograph::http {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using namespace std::chrono_literals;
using std::chrono::seconds;

constexpr std::string_view now = "Sun, 22 Nov 2026 15:01:02 GMT";

const std::string& text(const Response& response) {
  return std::get<std::string>(response.body);
}

TEST(ProblemResponse, GivesEveryKindItsStatus) {
  const struct {
    ErrorKind kind;
    int status;
  } rows[] = {
      {ErrorKind::bad_request, 400}, {ErrorKind::unauthorized, 401},  {ErrorKind::not_found, 404},
      {ErrorKind::timeout, 408},     {ErrorKind::conflict, 409},      {ErrorKind::too_large, 413},
      {ErrorKind::unsupported, 415}, {ErrorKind::unprocessable, 422}, {ErrorKind::internal, 500},
      {ErrorKind::data_lost, 500},   {ErrorKind::unavailable, 503},   {ErrorKind::storage_full, 507},
      {ErrorKind::too_many, 429},
  };
  for (const auto& row : rows)
    EXPECT_EQ(problem_response({row.kind, ""}).status, row.status) << to_string(row.kind);
}

TEST(ProblemResponse, SaysWhatHappened) {
  const Response response = problem_response({ErrorKind::unprocessable, "no \"JPEG\""});
  EXPECT_EQ(response.content_type, "application/problem+json");
  EXPECT_EQ(text(response),
            R"({"type":"about:blank","title":"unprocessable","status":422,"detail":"no \"JPEG\""})");
}

TEST(ProblemResponse, SaysHowToGoOn) {
  using Header = std::pair<std::string, std::string>;
  EXPECT_THAT(problem_response({ErrorKind::unauthorized, ""}).headers,
              ::testing::ElementsAre(Header("WWW-Authenticate", "Bearer realm=\"heliograph\"")));
  EXPECT_THAT(method_not_allowed(std::vector{Method::get, Method::post}).headers,
              ::testing::ElementsAre(Header("Allow", "GET, HEAD, POST")));
}

TEST(ProblemResponse, SaysWhenToComeBack) {
  const struct {
    Error error;
    seconds retry_after;
  } rows[] = {
      {{ErrorKind::unavailable, ""}, 10s},   {{ErrorKind::too_many, ""}, 10s},
      {{ErrorKind::storage_full, ""}, 300s}, {{ErrorKind::too_many, "", 42s}, 42s},
      {{ErrorKind::too_many, "", 3s}, 10s},  {{ErrorKind::unprocessable, ""}, 0s},
  };
  for (const auto& row : rows)
    EXPECT_EQ(problem_response(row.error).retry_after, row.retry_after) << to_string(row.error.kind);
}

TEST(Retry, IsSpreadForCamerasAndExactForPeople) {
  const struct {
    Error error;
    seconds least;
    seconds most;
  } rows[] = {
      {{ErrorKind::unavailable, ""}, 10s, 20s},         {{ErrorKind::too_many, "", 3s}, 10s, 20s},
      {{ErrorKind::too_many, "", 42s}, 42s, 84s},       {{ErrorKind::too_many, "", 1s, true}, 1s, 1s},
      {{ErrorKind::too_many, "", 64s, true}, 64s, 64s}, {{ErrorKind::too_many, "", 0s, true}, 1s, 1s},
      {{ErrorKind::unprocessable, ""}, 0s, 0s},
  };
  for (const auto& row : rows) {
    const Response response = problem_response(row.error);
    std::set<seconds> told;
    for (std::uint32_t chance = 0; chance < 1000; ++chance) told.insert(told_retry_after(response, chance));
    EXPECT_EQ(*told.begin(), row.least);
    EXPECT_EQ(*told.rbegin(), row.most);
  }
}

TEST(Spread, IsEvenFromTheTimeToItsDouble) {
  EXPECT_EQ(spread(0s, 12345), 0s);
  std::map<seconds, int> times;
  for (std::uint32_t chance = 0; chance < 1100; ++chance) ++times[spread(10s, chance)];
  EXPECT_EQ(times.size(), 11U);
  EXPECT_EQ(times.begin()->first, 10s);
  EXPECT_EQ(times.rbegin()->first, 20s);
  for (const auto& [time, count] : times) EXPECT_EQ(count, 100) << time.count();
}

TEST(ResponseHead, OfAPlainAnswer) {
  HeadFacts facts;
  facts.length = 2;
  facts.date = now;
  EXPECT_EQ(response_head(text_response(200, "OK"), facts),
            "HTTP/1.1 200 OK\r\n"
            "Date: Sun, 22 Nov 2026 15:01:02 GMT\r\n"
            "Content-Length: 2\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n"
            "Cache-Control: no-store\r\n"
            "X-Content-Type-Options: nosniff\r\n"
            "Referrer-Policy: no-referrer\r\n"
            "Cross-Origin-Resource-Policy: same-origin\r\n"
            "\r\n");
}

TEST(ResponseHead, TellsHowTheBodyEnds) {
  HeadFacts facts;
  facts.framing = Framing::chunked;
  EXPECT_THAT(response_head({}, facts),
              AllOf(HasSubstr("Transfer-Encoding: chunked"), Not(HasSubstr("Content-Length"))));
  facts.framing = Framing::until_close;
  facts.close = true;
  EXPECT_THAT(response_head({}, facts),
              AllOf(HasSubstr("Connection: close"), Not(ContainsRegex("Transfer|Length"))));
}

TEST(ResponseHead, SaysWhenToComeBack) {
  HeadFacts facts;
  EXPECT_THAT(response_head({}, facts), Not(HasSubstr("Retry-After")));
  facts.retry_after = 17s;
  EXPECT_THAT(response_head({}, facts), HasSubstr("Retry-After: 17\r\n"));
}

TEST(ResponseHead, OfAPart) {
  HeadFacts facts;
  facts.status = 206;
  facts.length = 10;
  facts.offset = 5;
  facts.entity = Entity{"abc", from_ms(0), 1000};
  const Response response{200, "image/jpeg", Cache::immutable, {}, std::string()};
  EXPECT_THAT(response_head(response, facts),
              AllOf(StartsWith("HTTP/1.1 206 Partial Content\r\n"), HasSubstr("ETag: \"abc\"\r\n"),
                    HasSubstr("Last-Modified: Thu, 01 Jan 1970 00:00:00 GMT\r\n"),
                    HasSubstr("Accept-Ranges: bytes\r\n"), HasSubstr("Content-Range: bytes 5-14/1000\r\n"),
                    HasSubstr("Cache-Control: private, max-age=31536000, immutable\r\n")));
}

TEST(ResponseHead, LetsNothingRunThatACameraSent) {
  const auto head_for = [](std::string type) {
    return response_head({200, std::move(type), {}, {}, ""}, {});
  };
  EXPECT_THAT(head_for("text/html; charset=utf-8"),
              HasSubstr("Content-Security-Policy: default-src 'self'; img-src"));
  Response page{200, "text/html", {}, {}, ""};
  page.pictures_from = "https://tiles.example.org";
  EXPECT_THAT(
      response_head(page, {}),
      HasSubstr("; img-src 'self' blob: data: https://tiles.example.org; connect-src 'self' blob:; "));
  EXPECT_THAT(head_for("image/svg+xml"),
              HasSubstr("Content-Security-Policy: default-src 'none'; sandbox; frame-ancestors 'none'\r\n"));
  EXPECT_THAT(head_for("application/json"), Not(HasSubstr("Content-Security-Policy")));
}

TEST(ResponseHead, LetsNoValueWriteAnotherField) {
  Response response = text_response(200, "");
  response.headers.emplace_back("Content-Disposition", "a\r\nSet-Cookie: b\n\tc");
  EXPECT_THAT(response_head(response, {}), AllOf(HasSubstr("Content-Disposition: a  Set-Cookie: b  c\r\n"),
                                                 Not(HasSubstr("\nSet-Cookie"))));
}

}  // namespace
}  // namespace heliograph::http
