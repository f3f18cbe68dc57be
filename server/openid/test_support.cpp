#include "server/openid/test_support.hpp"

#include "server/base/base64.hpp"

#include <cstdint>
#include <cstdlib>
#include <span>
#include <stdexcept>

namespace heliograph::openid {
namespace {

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

void must(bool done) {
  if (!done) throw std::runtime_error("libcjose does not do what the test asks of it");
}

}  // namespace

SigningKey SigningKey::rsa(std::size_t bits) {
  constexpr std::uint8_t exponent[] = {1, 0, 1};
  return {cjose_jwk_create_RSA_random(bits, exponent, sizeof exponent, nullptr), "RSA"};
}

SigningKey SigningKey::ec(cjose_jwk_ec_curve curve) {
  return {cjose_jwk_create_EC_random(curve, nullptr), "EC"};
}

SigningKey SigningKey::shared(std::string_view secret) {
  const auto bytes = bytes_of(secret);
  return {cjose_jwk_create_oct_spec(bytes.data(), bytes.size(), nullptr), "oct"};
}

std::string SigningKey::sign(const char* alg, const char* kid, std::string_view claims,
                             const std::string& critical) const {
  const std::unique_ptr<cjose_header_t, decltype(&cjose_header_release)> header(cjose_header_new(nullptr),
                                                                                &cjose_header_release);
  must(cjose_header_set(header.get(), "alg", alg, nullptr));
  must(cjose_header_set(header.get(), "kid", kid, nullptr));
  if (!critical.empty()) must(cjose_header_set_raw(header.get(), "crit", critical.c_str(), nullptr));
  const auto bytes = bytes_of(claims);
  const std::unique_ptr<cjose_jws_t, decltype(&cjose_jws_release)> token(
      cjose_jws_sign(key_.get(), header.get(), bytes.data(), bytes.size(), nullptr), &cjose_jws_release);
  const char* text = nullptr;
  must(token && cjose_jws_export(token.get(), &text, nullptr));
  return text;
}

Key SigningKey::published(std::string_view kid) const {
  const std::unique_ptr<char, decltype(&std::free)> json(cjose_jwk_to_json(key_.get(), false, nullptr),
                                                         &std::free);
  must(json != nullptr);
  return {kty_, std::string(kid), std::nullopt, json.get()};
}

std::string unsigned_token(std::string_view header, std::string_view claims) {
  return base64url(bytes_of(header)) + '.' + base64url(bytes_of(claims)) + '.';
}

}  // namespace heliograph::openid
