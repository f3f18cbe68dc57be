#include "server/base/base64.hpp"
#include "server/base/library.hpp"
#include "server/openid/id_token.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

#include <cjose/cjose.h>

namespace heliograph::openid {
namespace {

Error wrong(std::string_view why) {
  return {ErrorKind::unprocessable, "the provider's ID token " + std::string(why)};
}

// Those functions of libcjose that are called here. It is loaded when somebody signs in with a provider.
struct Cjose {
  decltype(&::cjose_jws_import) import_token = nullptr;
  decltype(&::cjose_jws_release) release_token = nullptr;
  decltype(&::cjose_jws_get_protected) header = nullptr;
  decltype(&::cjose_jws_verify) verify = nullptr;
  decltype(&::cjose_jws_get_plaintext) plaintext = nullptr;
  decltype(&::cjose_header_get) header_text = nullptr;
  decltype(&::cjose_header_get_raw) header_json = nullptr;
  decltype(&::cjose_jwk_import) import_key = nullptr;
  decltype(&::cjose_jwk_release) release_key = nullptr;
  decltype(&::cjose_jwk_get_kty) key_kind = nullptr;
  decltype(&::cjose_jwk_get_keysize) key_bits = nullptr;
};

Result<Cjose> load_cjose() {
  auto library = Library::load("libcjose.so.0", "libcjose0");
  if (!library) return library.error();
  Cjose cjose;
  library->find(cjose.import_token, "cjose_jws_import");
  library->find(cjose.release_token, "cjose_jws_release");
  library->find(cjose.header, "cjose_jws_get_protected");
  library->find(cjose.verify, "cjose_jws_verify");
  library->find(cjose.plaintext, "cjose_jws_get_plaintext");
  library->find(cjose.header_text, "cjose_header_get");
  library->find(cjose.header_json, "cjose_header_get_raw");
  library->find(cjose.import_key, "cjose_jwk_import");
  library->find(cjose.release_key, "cjose_jwk_release");
  library->find(cjose.key_kind, "cjose_jwk_get_kty");
  library->find(cjose.key_bits, "cjose_jwk_get_keysize");
  if (auto all = library->complete(); !all) return all.error();
  return cjose;
}

struct Algorithm {
  std::string_view name;
  std::string_view kty;
  cjose_jwk_kty_t kind;
  std::size_t least_bits;
  std::size_t most_bits;
};
// RSA below 2048 bits can be broken, and above 8192 only takes long. ES256 is P-256 and nothing else.
constexpr std::array<Algorithm, 3> algorithms{{{"RS256", "RSA", CJOSE_JWK_KTY_RSA, 2048, 8192},
                                               {"PS256", "RSA", CJOSE_JWK_KTY_RSA, 2048, 8192},
                                               {"ES256", "EC", CJOSE_JWK_KTY_EC, 256, 256}}};

// The compact form (RFC 7515, 7.1). Looked at before libcjose does, which ends the process where a text is
// not quite base64url.
bool is_compact(std::string_view token) {
  const auto first = token.find('.');
  const auto last = token.rfind('.');
  if (first == last) return false;
  return is_base64url(token.substr(0, first)) && is_base64url(token.substr(first + 1, last - first - 1)) &&
         is_base64url(token.substr(last + 1));
}

class Verifier {
 public:
  Verifier(const Cjose& cjose, std::string_view token)
      : cjose_(cjose),
        token_(cjose.import_token(token.data(), token.size(), &failure_), cjose.release_token) {}

  Result<std::string> verify(std::span<const Key> keys) {
    if (!token_) return wrong("is no signed token");
    const auto algorithm = std::ranges::find(algorithms, header("alg"), &Algorithm::name);
    if (algorithm == algorithms.end()) return wrong("is signed in a way that is not accepted");
    if (has_critical_header()) return wrong("wants what is not understood");
    const std::string kid = header("kid");
    bool tried = false;
    for (const Key& key : keys) {
      if (!fits(key, *algorithm, kid)) continue;
      tried = true;
      if (verifies(key, *algorithm)) return claims();
    }
    if (tried) return wrong("is not signed by the provider");
    return Error{ErrorKind::not_found,
                 "the provider's ID token is signed with a key that it does not publish"};
  }

 private:
  std::string header(const char* name) {
    const char* const text = cjose_.header_text(cjose_.header(token_.get()), name, &failure_);
    return text == nullptr ? std::string() : std::string(text);
  }

  // RFC 7515, 4.1.11: what is listed there must be understood, and nothing is.
  bool has_critical_header() {
    const std::unique_ptr<char, decltype(&std::free)> critical(
        cjose_.header_json(cjose_.header(token_.get()), "crit", &failure_), &std::free);
    return critical != nullptr;
  }

  static bool fits(const Key& key, const Algorithm& algorithm, const std::string& kid) {
    return key.kty == algorithm.kty && (!key.alg || *key.alg == algorithm.name) &&
           (kid.empty() || key.kid == kid);
  }

  bool verifies(const Key& key, const Algorithm& algorithm) {
    const std::unique_ptr<cjose_jwk_t, decltype(&::cjose_jwk_release)> imported(
        cjose_.import_key(key.json.data(), key.json.size(), &failure_), cjose_.release_key);
    if (!imported || cjose_.key_kind(imported.get(), &failure_) != algorithm.kind) return false;
    const std::size_t bits = cjose_.key_bits(imported.get(), &failure_);
    if (bits < algorithm.least_bits || bits > algorithm.most_bits) return false;
    return cjose_.verify(token_.get(), imported.get(), &failure_);
  }

  Result<std::string> claims() {
    std::uint8_t* bytes = nullptr;
    std::size_t size = 0;
    if (!cjose_.plaintext(token_.get(), &bytes, &size, &failure_)) return wrong("holds no claims");
    return std::string(reinterpret_cast<const char*>(bytes), size);
  }

  const Cjose& cjose_;
  cjose_err failure_{};
  std::unique_ptr<cjose_jws_t, decltype(&::cjose_jws_release)> token_;
};

}  // namespace

Result<std::string> verify_signature(std::string_view token, std::span<const Key> keys) {
  if (token.size() > max_token_bytes) return wrong("is too long");
  if (!is_compact(token)) return wrong("is no signed token");
  const auto cjose = load_cjose();
  if (!cjose) return cjose.error();
  return Verifier(*cjose, token).verify(keys);
}

}  // namespace heliograph::openid
