#include "server/http/forwarded.hpp"

#include <string_view>

#include <gtest/gtest.h>

namespace heliograph::http {
namespace {

using Headers = std::vector<std::pair<std::string, std::string>>;

AddressBytes address(std::string_view text) {
  return parse_address(text).value();
}

const std::vector<Network>& trusted() {
  static const std::vector<Network> networks{*Network::parse("10.0.0.0/24"), *Network::parse("fd00::/8"),
                                             *Network::parse("127.0.0.1")};
  return networks;
}

TEST(Forwarded, TheClientIsTheRightmostThatIsNoProxy) {
  const struct {
    const char* peer;
    std::vector<const char*> forwarded_for;  // one field each
    const char* client;
  } table[] = {
      {"10.0.0.1", {}, "10.0.0.1"},
      {"10.0.0.1", {"203.0.113.7"}, "203.0.113.7"},
      {"10.0.0.1",
       {"198.51.100.1, 203.0.113.7"},
       "203.0.113.7"},  // the first is what the client says of itself
      {"10.0.0.1", {"203.0.113.7, 10.0.0.2"}, "203.0.113.7"},
      {"10.0.0.1", {"198.51.100.1,203.0.113.7 ,\t10.0.0.2, fd00::5"}, "203.0.113.7"},
      {"10.0.0.1", {"198.51.100.1", "203.0.113.7", "10.0.0.2"}, "203.0.113.7"},
      {"10.0.0.1", {"203.0.113.7", "10.0.0.9, 10.0.0.2"}, "203.0.113.7"},
      {"10.0.0.1", {"10.0.0.7, 10.0.0.2"}, "10.0.0.7"},  // all are proxies: one asks for itself
      {"10.0.0.1", {"127.0.0.1, 203.0.113.7"}, "203.0.113.7"},
      {"10.0.0.1", {"2001:db8::7"}, "2001:db8::7"},
      {"10.0.0.1", {"203.0.113.7:4711"}, "203.0.113.7"},
      {"10.0.0.1", {"[2001:db8::7]:4711"}, "2001:db8::7"},
      {"10.0.0.1", {"[2001:db8::7]"}, "2001:db8::7"},
      {"10.0.0.1", {"::ffff:203.0.113.7"}, "203.0.113.7"},
      {"fd00::1", {"203.0.113.7"}, "203.0.113.7"},
      // What is no address ends the search, and nothing left of it counts.
      {"10.0.0.1", {"203.0.113.7, unknown"}, "10.0.0.1"},
      {"10.0.0.1", {"203.0.113.7, unknown, 10.0.0.2"}, "10.0.0.2"},
      {"10.0.0.1", {"203.0.113.7,"}, "10.0.0.1"},
      {"10.0.0.1", {"203.0.113.7", ""}, "10.0.0.1"},
      {"10.0.0.1", {"203.0.113.7, , 10.0.0.2"}, "10.0.0.2"},
      {"10.0.0.1", {"203.0.113.7:"}, "10.0.0.1"},
      {"10.0.0.1", {"203.0.113.7:x"}, "10.0.0.1"},
      {"10.0.0.1", {"203.0.113.7:123456"}, "10.0.0.1"},
      {"10.0.0.1", {"[203.0.113.7]:80"}, "10.0.0.1"},
      {"10.0.0.1", {"[2001:db8::7"}, "10.0.0.1"},
      {"10.0.0.1", {"[2001:db8::7]80"}, "10.0.0.1"},
      {"10.0.0.1", {"[]"}, "10.0.0.1"},
      {"10.0.0.1", {"203.0.113.7 198.51.100.1"}, "10.0.0.1"},
      {"10.0.0.1", {"\"203.0.113.7\""}, "10.0.0.1"},
      // Anybody else is who he is.
      {"203.0.113.9", {"198.51.100.1"}, "203.0.113.9"},
      {"203.0.113.9", {"127.0.0.1"}, "203.0.113.9"},
      {"10.0.1.1", {"198.51.100.1"}, "10.0.1.1"},
      {"127.0.0.2", {"198.51.100.1"}, "127.0.0.2"},
  };
  for (const auto& row : table) {
    Headers headers{{"Host", "h"}};
    std::string all;
    for (const char* value : row.forwarded_for) {
      headers.emplace_back("x-forwarded-FOR", value);
      headers.emplace_back("X-Forwarded-Fo", "192.0.2.99");
      all += std::string(value) + '|';
    }
    const Caller caller = caller_of({address(row.peer), false}, headers, trusted());
    EXPECT_EQ(to_text(caller.address), row.client) << row.peer << " with " << all;
    EXPECT_FALSE(caller.secure);
  }
}

TEST(Forwarded, TheProxySaysWhetherItWasSecure) {
  const struct {
    const char* peer;
    bool by_tls;  // the connection to us
    std::vector<const char*> proto;
    bool secure;
  } table[] = {
      {"10.0.0.1", false, {"https"}, true},
      {"10.0.0.1", false, {"HTTPS"}, true},
      {"10.0.0.1", false, {"http, https"}, true},
      {"10.0.0.1", false, {"http", "https"}, true},
      {"10.0.0.1", false, {"https, http"}, false},
      {"10.0.0.1", false, {"https", "http"}, false},
      {"10.0.0.1", false, {}, false},
      {"10.0.0.1", false, {"https,"}, false},
      {"10.0.0.1", false, {"httpss"}, false},
      {"10.0.0.1", true, {"http"}, false},  // TLS from the proxy on, none before it
      {"10.0.0.1", true, {"https"}, true},
      {"10.0.0.1", true, {}, true},
      {"10.0.0.1", true, {"garbage"}, true},
      {"203.0.113.9", false, {"https"}, false},
      {"203.0.113.9", true, {"http"}, true},
  };
  for (const auto& row : table) {
    Headers headers;
    for (const char* value : row.proto) headers.emplace_back("X-Forwarded-Proto", value);
    EXPECT_EQ(caller_of({address(row.peer), row.by_tls}, headers, trusted()).secure, row.secure)
        << row.peer << ' ' << row.by_tls << ' ' << (row.proto.empty() ? "" : row.proto.back());
  }
}

TEST(Forwarded, IsBelievedOfNobodyWithoutASetting) {
  const Headers headers{{"X-Forwarded-For", "198.51.100.1"}, {"X-Forwarded-Proto", "https"}};
  const Caller connection{address("127.0.0.1"), false};
  EXPECT_EQ(caller_of(connection, headers, {}), connection);
}

TEST(Forwarded, TheOtherHeadersAreNotRead) {
  const Headers headers{{"Forwarded", "for=198.51.100.1;proto=https"},
                        {"X-Real-IP", "198.51.100.1"},
                        {"X-Forwarded-Ssl", "on"}};
  const Caller connection{address("10.0.0.1"), false};
  EXPECT_EQ(caller_of(connection, headers, trusted()), connection);
}

}  // namespace
}  // namespace heliograph::http
