#include "server/http/http.hpp"

#include <gmock/gmock.h>

namespace heliograph::http {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::vector<Route> routes = {
    {Method::get, "/", 0, {}},
    {Method::get, "/api/v1/images", 0, {}},
    {Method::get, "/api/v1/images/newest", 0, {}},
    {Method::get, "/api/v1/images/{id}", 0, {}},
    {Method::del, "/api/v1/images/{id}", 0, {}},
    {Method::post, "/upload", 1, {}},
    {Method::get, "/cameras/{camera}/frames/{frame}", 0, {}},
    {Method::get, "/files/{camera}/{rest...}", 0, {}},
};

std::string pattern_of(const Match& match) {
  return match.route ? match.route->pattern : "none";
}

TEST(MatchRoute, FindsTheRoute) {
  const struct {
    Method method;
    std::string_view path, pattern;
  } rows[] = {
      {Method::get, "/", "/"},
      {Method::head, "/", "/"},
      {Method::get, "/api/v1/images", "/api/v1/images"},
      {Method::get, "/api/v1/images/", "none"},
      {Method::get, "/api/v1/images/7", "/api/v1/images/{id}"},
      {Method::get, "/api/v1/images/newest", "/api/v1/images/newest"},
      {Method::del, "/api/v1/images/7", "/api/v1/images/{id}"},
      {Method::del, "/api/v1/images/newest", "none"},
      {Method::get, "/api/v1/images/7/8", "none"},
      {Method::get, "/api/v1/image", "none"},
      {Method::get, "/api/v1", "none"},
      {Method::get, "//", "none"},
      {Method::get, "//api/v1/images", "none"},
      {Method::post, "/upload", "/upload"},
      {Method::head, "/upload", "none"},
      {Method::get, "/Upload", "none"},
      {Method::get, "/files/orchard/2026/11/x.jpg", "/files/{camera}/{rest...}"},
      {Method::get, "/files/orchard/", "/files/{camera}/{rest...}"},
      {Method::get, "/files/orchard", "none"},
      {Method::get, "/files//x", "none"},
  };
  for (const auto& row : rows)
    EXPECT_EQ(pattern_of(match_route(routes, row.method, row.path)), row.pattern) << row.path;
}

TEST(MatchRoute, CapturesInOrder) {
  const Match match = match_route(routes, Method::get, "/cameras/orchard north/frames/42");
  EXPECT_THAT(match.captures, ElementsAre("orchard north", "42"));
  EXPECT_THAT(match_route(routes, Method::get, "/api/v1/images/newest").captures, IsEmpty());
}

TEST(MatchRoute, TellsWhatWouldBeAllowed) {
  EXPECT_THAT(match_route(routes, Method::post, "/api/v1/images/7").allowed,
              ElementsAre(Method::get, Method::del));
  EXPECT_THAT(match_route(routes, Method::put, "/api/v1/images/newest").allowed, ElementsAre(Method::get))
      << "not that of {id}, which would look for an image called newest";
  EXPECT_THAT(match_route(routes, Method::get, "/upload").allowed, ElementsAre(Method::post));
  EXPECT_THAT(match_route(routes, Method::get, "/nowhere").allowed, IsEmpty());
  EXPECT_EQ(match_route(routes, Method::get, "/upload").route, nullptr);
}

TEST(PathForLog, HoldsNoKey) {
  const std::vector<Route> secret = {{Method::post, "/u/{key}/{file}", 1, {}},
                                     {Method::post, "/api/webhook/{key}", 1, {}},
                                     {Method::get, "/api/v1/images/{id}", 0, {}}};
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"/u/cam_1/upload.php", "/u/***"},
      {"/u/cam_1/a/b/c", "/u/***"},
      {"/u/cam_1", "/u/***"},
      {"/u//cam_1", "/u/***"},
      {"/u/", "/u/"},
      {"/api/webhook/cam_1", "/api/webhook/***"},
      {"/api/v1/images/7", "/api/v1/images/7"},
      {"/", "/"},
  };
  for (const auto& [path, logged] : rows) EXPECT_EQ(path_for_log(secret, path), logged);
}

}  // namespace
}  // namespace heliograph::http
