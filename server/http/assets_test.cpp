#include "server/http/assets.hpp"

#include <algorithm>

#include <gmock/gmock.h>

namespace heliograph::http {

std::span<const Asset> test_files();  // testdata/web, embedded by CMakeLists.txt
std::span<const Asset> no_files();

namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

const Asset& test_file(std::string_view path) {
  return *std::ranges::find(test_files(), path, &Asset::path);
}

std::string_view text(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Response response_to(const Asset& asset, std::string_view accept_encoding) {
  Request request;
  request.headers.emplace_back("accept-encoding", accept_encoding);
  return asset_response(asset, request);
}

TEST(Assets, HoldTheFilesOfTheDirectory) {
  std::vector<std::string_view> paths;
  for (const Asset& asset : test_files()) paths.push_back(asset.path);
  EXPECT_THAT(paths, ElementsAre("/assets/app-1234.js", "/icon.png", "/index.html"));
  EXPECT_EQ(text(test_file("/assets/app-1234.js").bytes), "export const answer = 42;\n");
  EXPECT_EQ(test_file("/assets/app-1234.js").content_type, "text/javascript; charset=utf-8");
  EXPECT_EQ(text(test_file("/icon.png").bytes), "\x89PNG\r\n\x1a\n");
  EXPECT_TRUE(no_files().empty());
}

TEST(Assets, AreCompressedWhereItHelps) {
  EXPECT_TRUE(text(test_file("/index.html").gzip).starts_with("\x1F\x8B"));
  EXPECT_LT(test_file("/index.html").gzip.size(), test_file("/index.html").bytes.size());
  EXPECT_TRUE(test_file("/icon.png").gzip.empty());
  EXPECT_TRUE(test_file("/assets/app-1234.js").gzip.empty()) << "too short";
}

TEST(Assets, AreServedCompressedToWhoTakesIt) {
  const Response plain = response_to(test_file("/index.html"), "br");
  const Response gzip = response_to(test_file("/index.html"), "br, gzip");
  EXPECT_FALSE(std::get<StaticBody>(plain.body).gzip);
  EXPECT_TRUE(std::get<StaticBody>(gzip.body).gzip);
  EXPECT_NE(std::get<StaticBody>(plain.body).etag, std::get<StaticBody>(gzip.body).etag);
  EXPECT_THAT(plain.headers, ElementsAre(Pair("Vary", "Accept-Encoding")));
  EXPECT_THAT(gzip.headers, ElementsAre(Pair("Vary", "Accept-Encoding")));
}

TEST(Assets, MayBeKeptIfTheirNameTellsTheirContent) {
  EXPECT_EQ(response_to(test_file("/assets/app-1234.js"), "").cache, Cache::immutable);
  EXPECT_EQ(response_to(test_file("/index.html"), "").cache, Cache::revalidate);
}

TEST(Assets, MakeRoutes) {
  const std::string nobody;
  const std::vector<Route> routes = asset_routes(test_files(), nobody);
  EXPECT_NE(match_route(routes, Method::get, "/").route, nullptr);
  EXPECT_NE(match_route(routes, Method::head, "/assets/app-1234.js").route, nullptr);
  EXPECT_EQ(match_route(routes, Method::get, "/cameras").route, nullptr);
}

TEST(AcceptsGzip, ReadsTheField) {
  for (const std::string_view yes : {"gzip", "GZIP", "deflate, gzip;q=0.5", "gzip ; q=1", "br,gzip"}) {
    EXPECT_TRUE(accepts_gzip(yes)) << yes;
  }
  for (const std::string_view no : {"", "br", "gzip;q=0", "gzip; q=0.000", "x-gzip", "gzipped", "identity"}) {
    EXPECT_FALSE(accepts_gzip(no)) << no;
  }
}

}  // namespace
}  // namespace heliograph::http
