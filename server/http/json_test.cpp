#include "server/http/json.hpp"

#include <limits>

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

namespace heliograph::http {
namespace {

std::string text_of(std::string_view value) {
  JsonWriter json;
  json.value(value);
  return std::move(json).text();
}

TEST(JsonWriter, NestsAndSeparates) {
  JsonWriter json;
  json.object([&] {
    json.field("id", "06fk2r8m0q3zt");
    json.field("size_bytes", std::int64_t{1'234'567'890'123});
    json.field("duplicate", false);
    json.field("sequence", std::optional<int>{});
    json.field("width", std::optional<int>{2048});
    json.key("runs").array([&] {
      json.object([&] { json.field("start", 1); });
      json.object([] {});
      json.array([] {});
      json.value(2);
      json.value(nullptr);
    });
    json.key("wanted").raw(R"({"quality":80})");
    json.field("last", 0.5);
  });
  EXPECT_EQ(
      json.text(),
      R"({"id":"06fk2r8m0q3zt","size_bytes":1234567890123,"duplicate":false,"sequence":null,"width":2048,)"
      R"("runs":[{"start":1},{},[],2,null],"wanted":{"quality":80},"last":0.5})");
}

TEST(JsonWriter, WritesTheEndsOfNumbers) {
  JsonWriter json;
  json.array([&] {
    json.value(std::numeric_limits<std::int64_t>::min());
    json.value(std::numeric_limits<std::uint64_t>::max());
    json.value(std::numeric_limits<double>::denorm_min());
    json.value(-std::numeric_limits<double>::max());
    json.value(std::numeric_limits<double>::infinity());
    json.value(std::numeric_limits<double>::quiet_NaN());
    json.value(0.1);
  });
  EXPECT_EQ(json.text(),
            "[-9223372036854775808,18446744073709551615,5e-324,-1.7976931348623157e+308,null,null,0.1]");
}

TEST(JsonWriter, EscapesWhatJsonReserves) {
  EXPECT_EQ(text_of("a\"b\\c/d"), R"("a\"b\\c/d")");
  EXPECT_EQ(text_of("line\nend\t\x01\x1F\x7F"), R"("line\nend\u0009\u0001\u001f\u007f")");
  EXPECT_EQ(text_of(std::string_view("\0x", 2)), R"("\u0000x")");
  EXPECT_EQ(text_of(""), R"("")");
}

TEST(JsonWriter, KeepsUtf8AndReplacesTheRest) {
  const struct {
    std::string_view bytes, text;
  } rows[] = {
      {"Sankt G\xC3\xB6rgen \xE2\x82\xAC \xF0\x9F\x93\xB7",
       "\"Sankt G\xC3\xB6rgen \xE2\x82\xAC \xF0\x9F\x93\xB7\""},
      {"\xE9t\xE9", "\"\xEF\xBF\xBDt\xEF\xBF\xBD\""},                // Latin-1
      {"\xC0\xAF", "\"\xEF\xBF\xBD\xEF\xBF\xBD\""},                  // overlong '/'
      {"\xED\xA0\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},  // a surrogate
      {"\xF4\x90\x80\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
      {"\xE2\x82", "\"\xEF\xBF\xBD\xEF\xBF\xBD\""},  // cut off
      {"\xF4\x8F\xBF\xBF", "\"\xF4\x8F\xBF\xBF\""},  // the last code point
  };
  for (const auto& row : rows) EXPECT_EQ(text_of(row.bytes), row.text);
}

TEST(JsonWriter, WritesWhatAnotherParserReadsBack) {
  for (int lead = 0; lead < 256; ++lead) {
    const std::string bytes = {static_cast<char>(lead), 'x', static_cast<char>(0x80),
                               static_cast<char>(lead)};
    boost::system::error_code ec;
    const auto parsed = boost::json::parse(text_of(bytes), ec);
    ASSERT_FALSE(ec) << "lead byte " << lead;
    if (lead < 0x80) {
      EXPECT_EQ(parsed.as_string().front(), static_cast<char>(lead));
    }
  }
}

}  // namespace
}  // namespace heliograph::http
