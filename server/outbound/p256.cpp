#include "server/outbound/p256.hpp"

#include <algorithm>
#include <memory>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

namespace heliograph::outbound {
namespace {

template <auto free>
struct Freed {
  template <class T>
  void operator()(T* thing) const {
    free(thing);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, Freed<BN_clear_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG_free>>;

Error failed(std::string_view what) {
  return {ErrorKind::internal, "OpenSSL does not " + std::string(what)};
}

// Null: they are none. OpenSSL looks whether the point is on the curve.
Key load(const P256Secret* secret, const P256Point& point) {
  const Builder builder(OSSL_PARAM_BLD_new());
  const Number number(
      secret == nullptr ? nullptr : BN_bin2bn(secret->data(), static_cast<int>(secret->size()), nullptr));
  OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0);
  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
  if (number) OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, number.get());
  const Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
  EVP_PKEY* key = nullptr;
  if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1) return nullptr;
  const int what = secret == nullptr ? EVP_PKEY_PUBLIC_KEY : EVP_PKEY_KEYPAIR;
  if (EVP_PKEY_fromdata(context.get(), &key, what, parameters.get()) != 1) return nullptr;
  return Key(key);
}

}  // namespace

Result<P256Key> make_p256_key() {
  const Key made(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
  P256Key key;
  std::size_t length = 0;
  BIGNUM* secret = nullptr;
  if (!made ||
      EVP_PKEY_get_octet_string_param(made.get(), OSSL_PKEY_PARAM_PUB_KEY, key.point.data(), key.point.size(),
                                      &length) != 1 ||
      length != key.point.size() || EVP_PKEY_get_bn_param(made.get(), OSSL_PKEY_PARAM_PRIV_KEY, &secret) != 1)
    return failed("make a key");
  const Number owned(secret);
  if (BN_bn2binpad(secret, key.secret.data(), static_cast<int>(key.secret.size())) < 0)
    return failed("tell a key");
  return key;
}

std::optional<P256Point> read_p256_point(std::string_view bytes) {
  constexpr char uncompressed = 4;
  P256Point point{};
  if (bytes.size() != point.size() || bytes.front() != uncompressed) return std::nullopt;
  std::ranges::copy(bytes, point.begin());
  if (!load(nullptr, point)) return std::nullopt;
  return point;
}

Result<std::array<std::uint8_t, 32>> p256_agree(const P256Key& own, const P256Point& theirs) {
  const Key key = load(&own.secret, own.point);
  const Key peer = load(nullptr, theirs);
  if (!key || !peer) return failed("take a key");
  const KeyContext context(EVP_PKEY_CTX_new(key.get(), nullptr));
  std::array<std::uint8_t, 32> shared{};
  std::size_t length = shared.size();
  if (!context || EVP_PKEY_derive_init(context.get()) != 1 ||
      EVP_PKEY_derive_set_peer(context.get(), peer.get()) != 1 ||
      EVP_PKEY_derive(context.get(), shared.data(), &length) != 1 || length != shared.size())
    return failed("agree on a secret");
  return shared;
}

Result<std::array<std::uint8_t, 64>> p256_sign(const P256Key& key, std::string_view text) {
  const Key own = load(&key.secret, key.point);
  const Digest digest(EVP_MD_CTX_new());
  std::array<std::uint8_t, 80> coded{};  // DER: 72 bytes at most
  std::size_t length = coded.size();
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  if (!own || !digest || EVP_DigestSignInit(digest.get(), nullptr, EVP_sha256(), nullptr, own.get()) != 1 ||
      EVP_DigestSign(digest.get(), coded.data(), &length, bytes, text.size()) != 1)
    return failed("sign");
  const std::uint8_t* read = coded.data();
  const Signature signature(d2i_ECDSA_SIG(nullptr, &read, static_cast<long>(length)));
  std::array<std::uint8_t, 64> both{};
  if (!signature || BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), both.data(), 32) < 0 ||
      BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), both.data() + 32, 32) < 0)
    return failed("tell a signature");
  return both;
}

}  // namespace heliograph::outbound
