#include "server/http/api/json_body.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::http {
namespace {

using testing::HasSubstr;

constexpr std::string_view members[] = {"name", "count", "on"};

TEST(JsonBody, MembersAreReadByTheirKind) {
  const auto object = parse_object(R"({"name": "Räuber", "count": -3, "on": true})", members).value();
  EXPECT_EQ(text_of(object, "name").value(), "Räuber");
  EXPECT_EQ(optional_integer_of(object, "count").value(), -3);
  EXPECT_EQ(optional_bool_of(object, "on").value(), true);
  EXPECT_EQ(text_of(object, "count").error().kind, ErrorKind::bad_request);
  EXPECT_EQ(optional_integer_of(object, "name").error().kind, ErrorKind::bad_request);
  EXPECT_EQ(optional_bool_of(object, "name").error().kind, ErrorKind::bad_request);
}

TEST(JsonBody, NullCountsAsMissing) {
  const auto object = parse_object(R"({"name": null})", members).value();
  EXPECT_EQ(optional_text_of(object, "name").value(), std::nullopt);
  EXPECT_EQ(optional_integer_of(object, "count").value(), std::nullopt);
  EXPECT_THAT(text_of(object, "name").error().detail, HasSubstr("`name` must be a text"));
}

TEST(JsonBody, AnythingElseIsRefusedInWords) {
  for (const char* bad : {"", "x", "[]", "1", "null", "{\"name\": 1", "{} {}", "{\"name\": \"\xFF\"}"}) {
    EXPECT_EQ(parse_object(bad, members).error().kind, ErrorKind::bad_request) << bad;
  }
  EXPECT_THAT(parse_object(R"({"nam": 1})", members).error().detail,
              HasSubstr("there is no `nam` here; there are name count on"));
  EXPECT_FALSE(parse_object(std::string(100'000, '['), members)) << "nested too deeply";
}

}  // namespace
}  // namespace heliograph::http
