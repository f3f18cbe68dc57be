#include "server/http/http.hpp"

#include <gmock/gmock.h>

namespace heliograph::http {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

TEST(WriteTarget, GivesWhatIsParsedAgain) {
  for (const std::string_view text : {"/", "/a%20b/c", "/caf%C3%A9", "//elsewhere.example/a",
                                      "/a?x=1&y=2%26z&empty=", "/%0D%0AX:%20y?%0D%0A=1", "/a//b/"}) {
    const auto target = parse_target(text);
    ASSERT_TRUE(target) << text;
    const std::string written = write_target(*target);
    EXPECT_THAT(written, ::testing::Not(::testing::ContainsRegex("[\r\n ]")));
    const auto again = parse_target(written);
    ASSERT_TRUE(again) << written;
    EXPECT_EQ(again->path, target->path);
    EXPECT_EQ(again->query, target->query);
  }
}

TEST(ParseTarget, DecodesPaths) {
  const struct {
    std::string_view target, path;
  } rows[] = {
      {"/", "/"},
      {"/api/v1/images", "/api/v1/images"},
      {"/a%20b%C3%A9", "/a b\xC3\xA9"},
      {"/a+b", "/a+b"},
      {"/a/", "/a/"},
      {"//a//b", "//a//b"},
      {"/...", "/..."},
      {"/a:b@c;d=e,f!$&'()*~", "/a:b@c;d=e,f!$&'()*~"},
      {"http://cloud.example.com/c/snapshot", "/c/snapshot"},
      {"HTTPS://user@[::1]:8443/x?y", "/x"},
      {"http://cloud.example.com", "/"},
      {"http://cloud.example.com?x=1", "/"},
  };
  for (const auto& row : rows) {
    const auto target = parse_target(row.target);
    ASSERT_TRUE(target) << row.target << ": " << target.error().detail;
    EXPECT_EQ(target->path, row.path) << row.target;
  }
}

TEST(ParseTarget, RefusesWhatIsNoneOrLeadsElsewhere) {
  for (const std::string_view target : {
           "",        "*",       "a",           "host:80",        "ftp://h/x", "/a b",   "/%",
           "/%4",     "/%zz",    "/a#b",        "/a\\b",          "/\xC3\xA9", "/..",    "/a/../b",
           "/a/..",   "/./a",    "/%2e%2e/etc", "/.%2E/",         "/a%2Fb",    "/a%2fb", "/a%00",
           "/?a=%00", "/?%00=a", "http://h/..", "http://h/a%2fb",
       }) {
    const auto result = parse_target(target);
    ASSERT_FALSE(result) << target;
    EXPECT_EQ(result.error().kind, ErrorKind::bad_request) << target;
  }
}

TEST(ParseTarget, DecodesTheQueryAsFormsWriteIt) {
  EXPECT_THAT(parse_target("/x?camera=a+b&name=%C3%A9%2F%26&flag&empty=&=v&camera=2")->query,
              ElementsAre(Pair("camera", "a b"), Pair("name", "\xC3\xA9/&"), Pair("flag", ""),
                          Pair("empty", ""), Pair("", "v"), Pair("camera", "2")));
  EXPECT_THAT(parse_target("/x")->query, IsEmpty());
  EXPECT_THAT(parse_target("/x?")->query, IsEmpty());
  EXPECT_THAT(parse_target("/x?a=..")->query, ElementsAre(Pair("a", "..")));
}

TEST(Request, FindsHeadersInAnyCaseAndTheFirstQueryValue) {
  Request request;
  request.headers = {{"X-API-Key", "k1"}, {"x-api-key", "k2"}};
  request.query = {{"a", "1"}, {"a", "2"}};
  EXPECT_EQ(request.header("x-Api-key"), "k1");
  EXPECT_EQ(request.header("X-API-Ke"), std::nullopt);
  EXPECT_EQ(request.query_value("a"), "1");
  EXPECT_EQ(request.query_value("A"), std::nullopt) << "query names have a case";
}

}  // namespace
}  // namespace heliograph::http
