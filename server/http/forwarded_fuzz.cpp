// Whatever X-Forwarded-For and X-Forwarded-Proto say, a line each: from no proxy it is nothing; from one,
// what stands left of the client that was found changes nothing, in the same field or in one before it.
#include "server/http/forwarded.hpp"
#include "server/http/text.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace heliograph::http;
  static const Network trusted[] = {*Network::parse("10.0.0.0/8"), *Network::parse("fd00::/8")};
  static const AddressBytes proxy = *parse_address("10.0.0.1");
  static const AddressBytes stranger = *parse_address("11.0.0.1");
  const auto [addresses, proto] = split_once({reinterpret_cast<const char*>(data), size}, '\n');

  std::vector<std::pair<std::string, std::string>> headers{{"X-Forwarded-For", std::string(addresses)},
                                                           {"X-Forwarded-Proto", std::string(proto)}};
  const Caller connection{stranger, false};
  if (caller_of(connection, headers, trusted) != connection) std::abort();
  const Caller found = caller_of({proxy, false}, headers, trusted);
  if (parse_address(to_text(found.address)) != found.address) std::abort();
  if (is_in(trusted, found.address)) return 0;
  headers[0].second.insert(0, "198.51.100.1,");
  headers[1].second.insert(0, "https,");
  headers.insert(headers.begin(), {"X-Forwarded-For", "198.51.100.2"});
  headers.insert(headers.begin(), {"X-Forwarded-Proto", "https"});
  if (caller_of({proxy, false}, headers, trusted) != found) std::abort();
  return 0;
}
