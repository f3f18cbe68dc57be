#include "server/http/proxy_protocol.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::http {
namespace {

using namespace std::string_literals;
using ::testing::HasSubstr;

Result<std::optional<ProxyHeader>> parse(std::string_view received) {
  return parse_proxy_header({reinterpret_cast<const std::uint8_t*>(received.data()), received.size()});
}

const std::string signature = "\r\n\r\n\0\r\nQUIT\n"s;
const std::string four = "\xcb\0\x71\x07\x0a\0\0\x01\x12\x67\x01\xbb"s;  // 203.0.113.7 to 10.0.0.1
const std::string six =
    "\x20\x01\x0d\xb8"s + std::string(11, '\0') + "\x07" + std::string(16, '\x0a') + "\x12\x67\x01\xbb";

std::string length(std::size_t bytes) {
  return {static_cast<char>(bytes >> 8U), static_cast<char>(bytes & 0xffU)};
}
std::string binary(char command, char family, const std::string& payload) {
  return signature + command + family + length(payload.size()) + payload;
}
std::string extension(char type, const std::string& value) {
  return type + length(value.size()) + value;
}

TEST(ProxyHeader, SaysWhomTheProxySpeaksFor) {
  const std::string over_tls = extension('\x20', "\x01\0\0\0\0"s + extension('\x21', "TLSv1.3"));
  const std::string in_clear = extension('\x20', "\0\0\0\0\x01"s);
  const std::string aws = extension('\xea', "\x01vpce-08d2bf15fac5001c9");
  const struct {
    std::string text;
    std::string_view client;  // "": none
    bool secure = false;
  } table[] = {
      {"PROXY TCP4 203.0.113.7 10.0.0.1 4711 443\r\n", "203.0.113.7"},
      {"PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535\r\n", "255.255.255.255"},
      {"PROXY TCP4 203.0.113.7 10.0.0.1 0 0\r\n", "203.0.113.7"},
      {"PROXY TCP6 2001:db8::7 2001:db8::1 4711 443\r\n", "2001:db8::7"},
      {"PROXY TCP6 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 "
       "65535\r\n",
       "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
      {"PROXY TCP6 ::ffff:203.0.113.7 ::1 1 2\r\n", "203.0.113.7"},
      {"PROXY UNKNOWN\r\n", ""},
      {"PROXY UNKNOWN 203.0.113.7 10.0.0.1 4711 443\r\n", ""},
      {"PROXY UNKNOWN ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 "
       "65535\r\n",
       ""},
      {binary('\x21', '\x11', four), "203.0.113.7"},
      {binary('\x21', '\x21', six), "2001:db8::7"},
      {binary('\x21', '\x11', four + aws), "203.0.113.7"},
      {binary('\x21', '\x11', four + extension('\x03', "abcd") + aws + extension('\x04', "")), "203.0.113.7"},
      {binary('\x21', '\x11', four + over_tls), "203.0.113.7", true},
      {binary('\x21', '\x21', six + aws + over_tls), "2001:db8::7", true},
      {binary('\x21', '\x11', four + in_clear), "203.0.113.7"},
      {binary('\x21', '\x11',
              four + std::string(max_proxy_header_bytes, 'x').replace(0, 3, "\xe0\x0f\xe1"s).substr(0, 4068)),
       "203.0.113.7"},
      {binary('\x21', '\0', ""), ""},
      {binary('\x21', '\0', over_tls), "", true},
      {binary('\x21', '\x31', std::string(216, 'u')), ""},
      {binary('\x20', '\0', ""), ""},
      {binary('\x20', '\x11', four), ""},            // LOCAL: what it says besides is to be ignored,
      {binary('\x20', '\x7f', "no extension"), ""},  // whatever it is
  };
  for (const auto& row : table) {
    for (const std::string behind : {"", "GET / HTTP/1.1\r\n\r\n", "\r\n", "\x16\x03\x01"}) {
      const auto header = parse(row.text + behind);
      ASSERT_TRUE(header) << row.text << ": " << header.error().detail;
      ASSERT_TRUE(*header) << row.text;
      EXPECT_EQ((*header)->bytes, row.text.size());
      EXPECT_EQ((*header)->client ? to_text(*(*header)->client) : "", row.client) << row.text;
      EXPECT_EQ((*header)->secure, row.secure) << row.text;
    }
    for (std::size_t bytes = 0; bytes < row.text.size(); ++bytes) {
      const auto part = parse(std::string_view(row.text).substr(0, bytes));
      ASSERT_TRUE(part) << bytes << " of " << row.text;
      EXPECT_FALSE(*part) << bytes << " of " << row.text;
    }
  }
}

TEST(ProxyHeader, RefusesWhatIsNone) {
  const std::pair<std::string, std::string_view> table[] = {
      {"G", "is missing"},
      {"GET / HTTP/1.1\r\n", "is missing"},
      {"\x16\x03\x01", "is missing"},
      {" PROXY", "is missing"},
      {"proxy tcp4", "is missing"},
      {"PROXX", "is missing"},
      {"\r\n\r\n\x01", "is missing"},
      {"PROXY \r\n", "family"},
      {"PROXY  TCP4 203.0.113.7 10.0.0.1 4711 443\r\n", "family"},
      {"PROXY TCP5 203.0.113.7 10.0.0.1 4711 443\r\n", "family"},
      {"PROXY tcp4 203.0.113.7 10.0.0.1 4711 443\r\n", "family"},
      {"PROXY UNKNOWNX\r\n", "family"},
      {"PROXY TCP4\r\n", "no address"},
      {"PROXY TCP4 203.0.113.7\r\n", "no address"},
      {"PROXY TCP4 203.0.113.7  10.0.0.1 4711 443\r\n", "no address"},
      {"PROXY TCP4 203.0.113.256 10.0.0.1 4711 443\r\n", "no address"},
      {"PROXY TCP4 203.0.113.07 10.0.0.1 4711 443\r\n", "no address"},
      {"PROXY TCP4 2001:db8::7 2001:db8::1 4711 443\r\n", "no address"},
      {"PROXY TCP6 203.0.113.7 10.0.0.1 4711 443\r\n", "no address"},
      {"PROXY TCP6 ::1 10.0.0.1 4711 443\r\n", "no address"},
      {"PROXY TCP4 203.0.113.7 10.0.0.1\r\n", "no port"},
      {"PROXY TCP4 203.0.113.7 10.0.0.1 4711\r\n", "no port"},
      {"PROXY TCP4 203.0.113.7 10.0.0.1 65536 443\r\n", "no port"},
      {"PROXY TCP4 203.0.113.7 10.0.0.1 -1 443\r\n", "no port"},
      {"PROXY TCP4 203.0.113.7 10.0.0.1 04711 443\r\n", "no port"},
      {"PROXY TCP4 203.0.113.7 10.0.0.1 00 443\r\n", "no port"},
      {"PROXY TCP4 203.0.113.7 10.0.0.1 4711 443 \r\n", "no port"},
      {"PROXY TCP4 203.0.113.7 10.0.0.1 4711 443 1\r\n", "no port"},
      {"PROXY TCP4 203.0.113.7 10.0.0.1 4711 443\n\r\n", "no port"},
      {"PROXY TCP4 203.0.113.7\0 10.0.0.1 4711 443\r\n"s, "no address"},
      {"PROXY UNKNOWN " + std::string(93, 'x'), "has no end"},
      {"PROXY UNKNOWN " + std::string(92, 'x') + "\r\n", "has no end"},
      {binary('\x11', '\x11', four), "version or a command"},
      {binary('\x31', '\x11', four), "version or a command"},
      {binary('\x22', '\x11', four), "version or a command"},
      {binary('\x21', '\x12', four), "family"},  // UDP
      {binary('\x21', '\x41', four), "family"},
      {binary('\x21', '\x11', four.substr(1)), "shorter than its addresses"},
      {binary('\x21', '\x21', four), "shorter than its addresses"},
      {binary('\x21', '\x31', six), "shorter than its addresses"},
      {binary('\x21', '\x11', four + "\xea"), "middle of an extension"},
      {binary('\x21', '\x11', four + "\xea\0"s), "middle of an extension"},
      {binary('\x21', '\x11', four + "\xea\0\x02z"s), "middle of an extension"},
      {binary('\x21', '\x11', four + extension('\x20', "\x01\0\0\0"s)), "says nothing"},
      {signature + "\x21\x11" + length(max_proxy_header_bytes), "too large"},
      {signature + "\x20\x11\xff\xff", "too large"},
  };
  for (const auto& [text, why] : table) {
    const auto header = parse(text);
    ASSERT_FALSE(header) << text;
    EXPECT_EQ(header.error().kind, ErrorKind::bad_request);
    EXPECT_THAT(header.error().detail, HasSubstr(why)) << text;
  }
}

}  // namespace
}  // namespace heliograph::http
