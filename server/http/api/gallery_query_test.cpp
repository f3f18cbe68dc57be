#include "server/http/api/gallery_query.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::http {
namespace {

using testing::HasSubstr;

Request with(std::vector<std::pair<std::string, std::string>> query) {
  Request request;
  request.query = std::move(query);
  return request;
}

TEST(GalleryQuery, AsksForTheNewestByDefault) {
  const auto query = read_page_query(with({}));
  ASSERT_TRUE(query);
  EXPECT_EQ(query->limit, 100);
  EXPECT_FALSE(query->from || query->to || query->after);
}

TEST(GalleryQuery, ReadsEveryParameter) {
  const ImageId image{77};
  const auto query = read_page_query(with(
      {{"from", "1000"}, {"to", "2000"}, {"limit", "500"}, {"cursor", cursor_text({from_ms(1500), image})}}));
  ASSERT_TRUE(query);
  EXPECT_EQ(query->from, from_ms(1000));
  EXPECT_EQ(query->to, from_ms(2000));
  EXPECT_EQ(query->limit, 500);
  EXPECT_EQ(query->after, (catalog::PageKey{from_ms(1500), image}));
}

TEST(GalleryQuery, APageOfQuarantineBeginsWhereTheLastOneEnded) {
  const catalog::QuarantineKey key{from_ms(1500), QuarantineId{77}};
  const auto page = read_quarantine_page(with({{"limit", "7"}, {"cursor", cursor_text(key)}}));
  ASSERT_TRUE(page);
  EXPECT_EQ(page->limit, 7);
  EXPECT_EQ(page->after, key);
  EXPECT_FALSE(read_quarantine_page(with({}))->after);
  EXPECT_THAT(read_quarantine_page(with({{"cursor", "1-2"}})).error().detail, HasSubstr("cursor"));
  EXPECT_THAT(read_quarantine_page(with({{"limit", "0"}})).error().detail, HasSubstr("limit"));
}

TEST(GalleryQuery, APageOfAlertsBeginsWhereTheLastOneEnded) {
  const catalog::AlertPageKey key{from_ms(1500), AlertId{77}};
  EXPECT_EQ(read_alert_cursor(cursor_text(key)), key);
  for (const char* text : {"", "1-2", "x", "-1-0000000000001"})
    EXPECT_EQ(read_alert_cursor(text), std::nullopt);
}

TEST(GalleryQuery, MomentsAreAListAndHowFarOff) {
  const auto moments = read_moments(with({{"at", "3000,1000,3000"}, {"within", "60000"}}));
  ASSERT_TRUE(moments);
  EXPECT_EQ(moments->at, (std::vector{from_ms(3000), from_ms(1000), from_ms(3000)}));
  EXPECT_EQ(moments->within, std::chrono::minutes(1));
  EXPECT_EQ(read_moments(with({{"at", "0"}}))->within, max_within);

  std::string most = "1";
  for (std::size_t i = 1; i < catalog::max_moments; ++i) most += ",1";
  EXPECT_EQ(read_moments(with({{"at", most}}))->at.size(), catalog::max_moments);

  struct Row {
    std::string at;
    std::string within;
    const char* names;
  };
  const Row table[] = {
      {"", "0", "`at`"},
      {",", "0", "`at`"},
      {"1,", "0", "`at`"},
      {"1,,2", "0", "`at`"},
      {"1 ,2", "0", "`at`"},
      {"-1", "0", "`at`"},
      {"1e3", "0", "`at`"},
      {most + ",1", "0", "`at`"},
      {"1", "-1", "`within`"},
      {"1", "", "`within`"},
      {"1", "x", "`within`"},
      {"1", "43200001", "`within`"},
      {"999999999999999", "0", "`at`"},
  };
  for (const auto& [at, within, names] : table) {
    const auto bad = read_moments(with({{"at", at}, {"within", within}}));
    ASSERT_FALSE(bad) << at << " within " << within;
    EXPECT_EQ(bad.error().kind, ErrorKind::bad_request);
    EXPECT_THAT(bad.error().detail, HasSubstr(names));
  }
  EXPECT_FALSE(read_moments(with({})));
}

TEST(GalleryQuery, MistakesNameTheParameter) {
  const std::pair<const char*, const char*> table[] = {
      {"from", "-1"},  {"from", "yesterday"}, {"to", "1e3"},
      {"limit", "0"},  {"limit", "501"},      {"limit", "9999999999999999999"},
      {"cursor", "x"}, {"cursor", "1-2"},     {"from", "999999999999999"},
  };
  for (const auto& [name, value] : table) {
    const auto query = read_page_query(with({{name, value}}));
    ASSERT_FALSE(query) << name << "=" << value;
    EXPECT_EQ(query.error().kind, ErrorKind::bad_request);
    EXPECT_THAT(query.error().detail, HasSubstr(name));
  }
}

}  // namespace
}  // namespace heliograph::http
