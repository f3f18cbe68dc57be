#include "server/http/by_address.hpp"

#include <string>

#include <gtest/gtest.h>

namespace heliograph::http {
namespace {

AddressBytes address(const std::string& text) {
  return parse_address(text).value();
}

TEST(CountedFor, IsWhatOneSubscriberHas) {
  const struct {
    const char* peer;
    const char* counted;  // null: not at all
  } table[] = {
      {"203.0.113.7", "203.0.113.7"},
      {"10.0.0.1", "10.0.0.1"},
      {"2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"},
      {"2001:db8:1:2::", "2001:db8:1:2::"},
      {"::2", "::"},
      {"127.0.0.1", nullptr},
      {"127.1.2.3", nullptr},
      {"::1", nullptr},
  };
  for (const auto& row : table) {
    const auto counted = counted_for(address(row.peer));
    ASSERT_EQ(counted.has_value(), row.counted != nullptr) << row.peer;
    if (counted) {
      EXPECT_EQ(*counted, address(row.counted)) << row.peer;
    }
  }
}

TEST(ConnectionsByAddress, GivesEachAddressItsShare) {
  ConnectionsByAddress open(2);
  const AddressBytes one = address("192.0.2.1");
  const AddressBytes other = address("192.0.2.2");
  EXPECT_TRUE(open.enter(one));
  EXPECT_TRUE(open.enter(one));
  EXPECT_FALSE(open.enter(one));
  EXPECT_TRUE(open.enter(other)) << "nobody else is kept out";
  open.leave(one);
  EXPECT_TRUE(open.enter(one));
  EXPECT_FALSE(open.enter(one));
}

TEST(ConnectionsByAddress, RemembersOnlyWhoIsThere) {
  ConnectionsByAddress open(1);
  for (int i = 0; i < 1000; ++i) {
    const AddressBytes one = address("2001:db8::" + std::to_string(i));
    EXPECT_TRUE(open.enter(one));
    EXPECT_FALSE(open.enter(one));
    open.leave(one);
  }
  EXPECT_EQ(open.addresses(), 0U);
  ConnectionsByAddress none(0);
  EXPECT_FALSE(none.enter(address("192.0.2.1")));
  EXPECT_EQ(none.addresses(), 0U);
}

}  // namespace
}  // namespace heliograph::http
