#include "server/http/conditional.hpp"

#include <gtest/gtest.h>

namespace heliograph::http {

// For the messages of the tests.
std::ostream& operator<<(std::ostream& out, const Delivery& delivery) {
  return out << delivery.status << " offset " << delivery.offset << " length " << delivery.length;
}

namespace {

constexpr Timestamp modified = from_ms(1'795'359'662'000);
constexpr Entity picture{"abc", modified, 1000};
const std::string modified_text = "Sun, 22 Nov 2026 15:01:02 GMT";
constexpr Delivery whole{200, 0, 1000};
constexpr Delivery unchanged{304, 0, 0};
constexpr Delivery no_such_part{416, 0, 0};

Delivery decide(std::vector<std::pair<std::string, std::string>> headers, Method method = Method::get,
                const Entity& entity = picture) {
  Request request;
  request.method = method;
  request.headers = std::move(headers);
  return decide_delivery(request, entity);
}

TEST(DecideDelivery, ComparesEtagsWeakly) {
  const struct {
    std::string list;
    Delivery expected;
  } rows[] = {
      {"\"abc\"", unchanged},
      {"W/\"abc\"", unchanged},
      {"\"x\", \"abc\" ,\"y\"", unchanged},
      {"*", unchanged},
      {"\"abcd\"", whole},
      {"\"ab\"", whole},
      {"abc", whole},
      {"\"ABC\"", whole},
      {"\"", whole},
      {"", whole},
      {",,", whole},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(decide({{"If-None-Match", row.list}}), row.expected) << row.list;
    EXPECT_EQ(decide({{"If-None-Match", row.list}}, Method::head), row.expected) << row.list;
  }
}

TEST(DecideDelivery, TakesADateOnlyWithoutAnEtag) {
  EXPECT_EQ(decide({{"If-Modified-Since", modified_text}}), unchanged);
  EXPECT_EQ(decide({{"If-Modified-Since", "Sun, 22 Nov 2026 15:01:03 GMT"}}), whole);
  EXPECT_EQ(decide({{"If-Modified-Since", "yesterday"}}), whole);
  EXPECT_EQ(decide({{"If-None-Match", "\"old\""}, {"If-Modified-Since", modified_text}}), whole);
  EXPECT_EQ(decide({{"If-Modified-Since", modified_text}}, Method::get, {"abc", std::nullopt, 1000}), whole);
}

TEST(DecideDelivery, ServesOneRange) {
  const struct {
    std::string range;
    Delivery expected;
  } rows[] = {
      {"bytes=0-0", {206, 0, 1}},
      {"bytes=0-999", {206, 0, 1000}},
      {"bytes=10-19", {206, 10, 10}},
      {"bytes=990-", {206, 990, 10}},
      {"bytes=990-5000", {206, 990, 10}},
      {"bytes=-1", {206, 999, 1}},
      {"bytes=-5000", {206, 0, 1000}},
      {"Bytes=0-18446744073709551615", {206, 0, 1000}},
      {"bytes= 5-6 ", {206, 5, 2}},
      {"bytes=1000-", no_such_part},
      {"bytes=18446744073709551615-", no_such_part},
      {"bytes=-0", no_such_part},
      // No range at all, or more than one: the whole is always a right answer.
      {"bytes=5-4", whole},
      {"bytes=-", whole},
      {"bytes=", whole},
      {"bytes=a-b", whole},
      {"bytes=0-1,5-6", whole},
      {"bytes=0x0-1", whole},
      {"bytes=+1-2", whole},
      {"bytes=--1", whole},
      {"bytes=99999999999999999999-", whole},
      {"lines=0-1", whole},
      {"byte", whole},
  };
  for (const auto& row : rows) EXPECT_EQ(decide({{"Range", row.range}}), row.expected) << row.range;
}

TEST(DecideDelivery, HasNoPartOfNothing) {
  const Entity empty{"e", modified, 0};
  EXPECT_EQ(decide({{"Range", "bytes=0-"}}, Method::get, empty), no_such_part);
  EXPECT_EQ(decide({{"Range", "bytes=-1"}}, Method::get, empty), no_such_part);
  EXPECT_EQ(decide({}, Method::get, empty), (Delivery{200, 0, 0}));
}

TEST(DecideDelivery, GivesAPartOnlyOfWhatTheClientHas) {
  const auto with = [](std::string condition) {
    return decide({{"Range", "bytes=0-9"}, {"If-Range", std::move(condition)}});
  };
  constexpr Delivery part{206, 0, 10};
  EXPECT_EQ(with("\"abc\""), part);
  EXPECT_EQ(with(modified_text), part);
  EXPECT_EQ(with("W/\"abc\""), whole) << "weak is not enough to glue bytes together";
  EXPECT_EQ(with("\"old\""), whole);
  EXPECT_EQ(with("*"), whole);
  EXPECT_EQ(with("Sun, 22 Nov 2026 15:01:03 GMT"), whole);
}

TEST(DecideDelivery, TellsAHeadOfTheWhole) {
  EXPECT_EQ(decide({{"Range", "bytes=0-9"}}, Method::head), whole);
}

TEST(DecideDelivery, PrefersUnchangedToAPart) {
  EXPECT_EQ(decide({{"If-None-Match", "\"abc\""}, {"Range", "bytes=0-9"}}), unchanged);
}

}  // namespace
}  // namespace heliograph::http
