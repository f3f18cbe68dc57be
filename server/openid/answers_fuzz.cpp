// What a provider publishes, answers and claims: whatever it is, it is refused, or what is taken of it is
// safe to go on with.
#include "server/base/utf8.hpp"
#include "server/openid/id_token.hpp"
#include "server/openid/metadata.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace heliograph::openid;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto metadata = parse_metadata(text, "https://id.example")) {
    for (const std::string* url :
         {&metadata->authorization_endpoint, &metadata->token_endpoint, &metadata->jwks_uri}) {
      const bool safe = (url->starts_with("https://") || url->starts_with("http://")) &&
                        url->find_first_of(" \r\n") == std::string::npos;
      if (!safe) std::abort();
    }
  }
  if (const auto keys = parse_keys(text)) {
    if (keys->size() > max_keys) std::abort();
    for (const Key& key : *keys) {
      if (key.kty != "RSA" && key.kty != "EC") std::abort();
    }
  }
  static_cast<void>(parse_tokens(text));
  if (parse_refusal(text).size() > 100) std::abort();
  if (!check_issuer(text)) static_cast<void>(metadata_url(text));

  const heliograph::Timestamp now = heliograph::from_ms(1'800'000'000'000);
  const auto identity = read_claims(text, {"https://id.example", "camera-cloud", "n", "", now});
  if (identity) {
    if (identity->subject.empty() || identity->subject.size() > 255 || identity->label.size() > 128)
      std::abort();
    if (text.find("camera-cloud") == std::string_view::npos && text.find("\\u") == std::string_view::npos) {
      std::abort();
    }
  }
  return 0;
}
