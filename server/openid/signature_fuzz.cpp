// A token whose key we do not have: whatever it is, it is not believed.
#include "server/openid/id_token.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace heliograph::openid;
  // Public keys whose private halves were never kept; of RFC 7517, A.1.
  static const std::vector<Key> keys{
      {"EC", "1", std::nullopt,
       R"({"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",)"
       R"("y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"})"},
      {"RSA", "2", std::nullopt,
       R"({"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc)"
       R"(_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368)"
       R"(QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3)"
       R"(XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw","e":"AQAB"})"}};
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (verify_signature(text, keys)) std::abort();
  // And with keys that are no better: a set of them stands in the first line.
  const auto end = text.find('\n');
  if (end == std::string_view::npos) return 0;
  const auto published = parse_keys(text.substr(0, end));
  if (published) static_cast<void>(verify_signature(text.substr(end + 1), *published));
  return 0;
}
