#include "server/http/address.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::http {
namespace {

using ::testing::HasSubstr;

TEST(Address, IsReadAndWritten) {
  const std::pair<std::string_view, std::string_view> table[] = {
      {"203.0.113.7", "203.0.113.7"},     {"0.0.0.0", "0.0.0.0"},
      {"2001:DB8:0:0::7", "2001:db8::7"}, {"::", "::"},
      {"::ffff:192.0.2.1", "192.0.2.1"},  // as a socket of both kinds tells it
  };
  for (const auto& [text, written] : table) {
    const auto address = parse_address(text);
    ASSERT_TRUE(address) << text;
    EXPECT_EQ(to_text(*address), written);
  }
  for (const std::string_view text :
       {"", " ", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.4 ", "1.2.3.4:80", "[::1]", "::1%lo",
        ":::", "fe80::1%eth0", "unknown", "0x7f.0.0.1", "1:2:3:4:5:6:7:8:9"}) {
    EXPECT_FALSE(parse_address(text)) << text;
  }
  EXPECT_FALSE(parse_address(std::string_view("1.2.3.4\0", 8)));
}

TEST(Address, KnowsThisMachine) {
  for (const char* here : {"127.0.0.1", "127.255.0.9", "::1", "::ffff:127.0.0.1"})
    EXPECT_TRUE(is_loopback(here));
  for (const char* other : {"126.0.0.1", "::", "::2", "::7f00:1", "fe80::1", "", "localhost"}) {
    EXPECT_FALSE(is_loopback(other)) << other;
  }
}

TEST(Network, HoldsWhatBeginsAsItDoes) {
  const struct {
    const char* network;
    const char* address;
    bool inside;
  } table[] = {
      {"10.1.0.0/16", "10.1.255.255", true},
      {"10.1.0.0/16", "10.2.0.0", false},
      {"10.1.2.0/23", "10.1.3.4", true},
      {"10.1.2.0/23", "10.1.4.4", false},
      {"10.0.0.5", "10.0.0.5", true},
      {"10.0.0.5", "10.0.0.4", false},
      {"10.0.0.5/32", "10.0.0.5", true},
      {"128.0.0.0/1", "255.0.0.1", true},
      {"128.0.0.0/1", "127.0.0.1", false},
      {"::ffff:10.0.0.0/104", "10.9.9.9", true},
      {"2001:db8::/32", "2001:db8:ffff::1", true},
      {"2001:db8::/32", "2001:db9::1", false},
      {"2001:db8::/33", "2001:db8:8000::", false},
      {"fd00::1", "fd00::1", true},
      {"::/64", "::1", true},
      {"::/64", "10.0.0.1", false},
  };
  for (const auto& row : table) {
    const auto network = Network::parse(row.network);
    ASSERT_TRUE(network) << row.network;
    EXPECT_EQ(network->contains(*parse_address(row.address)), row.inside)
        << row.network << ' ' << row.address;
    const Network networks[] = {*Network::parse("192.0.2.1"), *network};
    EXPECT_EQ(is_in(networks, *parse_address(row.address)), row.inside);
  }
  EXPECT_FALSE(is_in({}, *parse_address("10.0.0.1")));
}

TEST(Network, SaysWhatIsWrong) {
  const std::pair<std::string_view, std::string_view> table[] = {
      {"", "neither an address nor a network"},
      {"proxy.example.org", "neither an address nor a network"},
      {"10.0.0.0:80", "neither an address nor a network"},
      {"10.0.0.0/", "from /1 to /32"},
      {"10.0.0.0/33", "from /1 to /32"},
      {"10.0.0.0/-1", "from /1 to /32"},
      {"10.0.0.0/8 ", "from /1 to /32"},
      {"10.0.0.0/8/8", "from /1 to /32"},
      {"2001:db8::/129", "from /1 to /128"},
      {"0.0.0.0/0", "is everybody"},
      {"::/0", "is everybody"},
      {"10.0.0.5/24", "is 10.0.0.0/24 meant"},
      {"2001:db8::1/32", "is 2001:db8::/32 meant"},
  };
  for (const auto& [text, why] : table) {
    const auto network = Network::parse(text);
    ASSERT_FALSE(network) << text;
    EXPECT_THAT(network.error().detail, HasSubstr(why));
  }
}

}  // namespace
}  // namespace heliograph::http
