#include "firmware/esp32/decide/certificates.hpp"

namespace heliograph::firmware {
namespace {

bool is_base64(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/' ||
         c == '=' || c == '\n' || c == '\r';
}

}  // namespace

bool holds_certificates(std::string_view pem) {
  constexpr std::string_view begin = "-----BEGIN CERTIFICATE-----";
  constexpr std::string_view end = "-----END CERTIFICATE-----";
  constexpr std::string_view private_key = "PRIVATE KEY";
  if (pem.find(private_key) != std::string_view::npos) return false;  // nobody's business but the authority's
  bool any = false;
  for (std::size_t at = pem.find(begin); at != std::string_view::npos; at = pem.find(begin)) {
    pem.remove_prefix(at + begin.size());
    const std::size_t size = pem.find(end);
    if (size == std::string_view::npos || size == 0) return false;
    for (const char c : pem.substr(0, size)) {
      if (!is_base64(c)) return false;
    }
    pem.remove_prefix(size + end.size());
    any = true;
  }
  return any && pem.find(end) == std::string_view::npos;
}

}  // namespace heliograph::firmware
