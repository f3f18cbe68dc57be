#include "firmware/core/json_text.hpp"

#include <gtest/gtest.h>

namespace heliograph::firmware {
namespace {

std::string text_of(std::string_view json, std::string_view key) {
  return std::string(json_string<64>(json, key).view());
}

TEST(JsonText, FindsAMemberWhereverItStands) {
  constexpr std::string_view receipt =
      R"( {"id" : "06fk", "nested": {"id": "no", "x": [1, "]}"]}, "duplicate":true } )";
  EXPECT_EQ(text_of(receipt, "id"), "06fk");
  EXPECT_EQ(json_member(receipt, "duplicate"), "true");
  EXPECT_EQ(json_member(receipt, "nested"), R"({"id": "no", "x": [1, "]}"]})");
  EXPECT_EQ(json_member(receipt, "absent"), std::nullopt);
}

TEST(JsonText, DoesNotTakeAValueForAKey) {
  EXPECT_EQ(json_member(R"({"a":"id","b":1})", "id"), std::nullopt);
  EXPECT_EQ(json_member(R"({"a\":1,\"id":2})", "id"), std::nullopt);
}

TEST(JsonText, FindsNothingInWhatIsCutOffBefore) {
  constexpr std::string_view receipt = R"({"a":{"b":[1,2]},"id":"06fk"})";
  for (std::size_t size = 0; size + 1 < receipt.size(); ++size) {
    EXPECT_EQ(json_member(receipt.substr(0, size), "id"), std::nullopt) << size;
  }
  EXPECT_EQ(json_member(receipt.substr(0, receipt.size() - 1), "id"), "\"06fk\"");
}

TEST(JsonText, FindsNothingInWhatIsNoObject) {
  for (const char* text : {"", "[]", "null", "\"id\"", "<html>", "{", "{}", "{]", R"({"id"})", R"({"id":)"}) {
    EXPECT_EQ(json_member(text, "id"), std::nullopt) << text;
  }
}

TEST(JsonText, UnescapesStrings) {
  EXPECT_EQ(text_of(R"({"d":"a \"b\" \\ \/ \u00e9 \u20AC \ud83d\udcf7"})", "d"), "a \"b\" \\ / é € 📷");
}

TEST(JsonText, LetsNoControlCharacterThrough) {
  EXPECT_EQ(text_of("{\"d\":\"a\\u001b[31m\\nb\x1b\x7F\"}", "d"), "a [31m b  ");
}

TEST(JsonText, SurvivesBrokenEscapes) {
  EXPECT_EQ(text_of(R"({"d":"\ud83d \ud83dA \ud83d\u0041"})", "d"), "? ?A ?");
  EXPECT_EQ(text_of(R"({"d":"x\u12"})", "d"), "x?");
  EXPECT_EQ(text_of(R"({"d":"x\uzzzz"})", "d"), "x?");
}

TEST(JsonText, CutsWhatIsTooLong) {
  EXPECT_EQ(text_of("{\"d\":\"" + std::string(100, 'x') + "\"}", "d"), std::string(64, 'x'));
}

}  // namespace
}  // namespace heliograph::firmware
