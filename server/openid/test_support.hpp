// A provider's keys: what they sign, and what is published of them.
#pragma once

#include "server/openid/metadata.hpp"

#include <memory>
#include <string>
#include <string_view>

#include <cjose/cjose.h>

namespace heliograph::openid {

class SigningKey {
 public:
  static SigningKey rsa(std::size_t bits);
  static SigningKey ec(cjose_jwk_ec_curve curve);
  static SigningKey shared(std::string_view secret);

  // `critical`: JSON of the header's "crit"; empty: there is none.
  std::string sign(const char* alg, const char* kid, std::string_view claims,
                   const std::string& critical = "") const;
  Key published(std::string_view kid) const;

 private:
  SigningKey(cjose_jwk_t* key, std::string kty) : key_(key, &cjose_jwk_release), kty_(std::move(kty)) {}

  std::shared_ptr<cjose_jwk_t> key_;
  std::string kty_;
};

// As no key signs it.
std::string unsigned_token(std::string_view header, std::string_view claims);

}  // namespace heliograph::openid
