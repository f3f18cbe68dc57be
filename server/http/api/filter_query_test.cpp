#include "server/http/api/filter_query.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::http {
namespace {

using catalog::HoursOfDay;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::HasSubstr;

Result<Choice> read(std::vector<std::pair<std::string, std::string>> query) {
  Request request;
  request.query = std::move(query);
  return read_choice(request);
}

TEST(FilterQuery, AsksForEverythingByDefault) {
  const auto choice = read({});
  ASSERT_TRUE(choice);
  EXPECT_TRUE(choice->cameras.empty());
  EXPECT_FALSE(choice->group);
  EXPECT_TRUE(choice->filter.empty());
}

TEST(FilterQuery, ReadsEveryParameter) {
  const auto choice = read({{"camera", "0000000000001"},
                            {"camera", "0000000000002"},
                            {"camera", "0000000000001"},
                            {"group", "0000000000003"},
                            {"starred", "true"},
                            {"noted", "true"},
                            {"tag", " Codling  Moth"},
                            {"text", " wings "},
                            {"label", " Codling  Moth"},
                            {"motion", "true"},
                            {"hours", "22-4"},
                            {"offsets", "0:60,1711846800000:-120"}});
  ASSERT_TRUE(choice);
  EXPECT_THAT(choice->cameras, ElementsAre(CameraId{1}, CameraId{2}));
  EXPECT_EQ(choice->group, GroupId{3});
  const HoursOfDay night{22, 4, {{from_ms(0), minutes{60}}, {from_ms(1'711'846'800'000), minutes{-120}}}};
  EXPECT_EQ(choice->filter,
            (catalog::ImageFilter{true, true, "codling moth", "wings", night, "codling moth", true}));
}

TEST(FilterQuery, MistakesNameTheParameter) {
  const std::pair<const char*, const char*> table[] = {
      {"camera", "orchard"}, {"group", "x"},   {"starred", "yes"}, {"noted", ""},     {"tag", ""},
      {"text", "\xff"},      {"hours", "5"},   {"hours", "5-5"},   {"hours", "24-5"}, {"hours", "5-25"},
      {"hours", "5-9-10"},   {"label", "a,b"}, {"label", ""},      {"motion", "1"}};
  for (const auto& [name, value] : table) {
    const auto choice = read({{name, value}});
    ASSERT_FALSE(choice) << name << "=" << value;
    EXPECT_EQ(choice.error().kind, ErrorKind::bad_request);
  }
  std::string many;
  for (int i = 0; i < 65; ++i) many += (i == 0 ? "" : ",") + std::to_string(i) + ":0";
  for (const std::string& offsets :
       std::vector<std::string>{"60", "0:60,0:120", "5:60,4:0", "0:1081", "-1:0", many}) {
    const auto choice = read({{"hours", "5-9"}, {"offsets", offsets}});
    ASSERT_FALSE(choice) << offsets;
    EXPECT_THAT(choice.error().detail, HasSubstr("offsets"));
    EXPECT_FALSE(read({{"offsets", offsets}})) << offsets;
  }
  std::vector<std::pair<std::string, std::string>> cameras;
  for (std::int64_t id = 1; id <= 51; ++id) cameras.emplace_back("camera", to_string(CameraId{id}));
  EXPECT_THAT(read(cameras).error().detail, HasSubstr("50"));
}

}  // namespace
}  // namespace heliograph::http
