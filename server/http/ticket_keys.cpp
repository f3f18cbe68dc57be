#include "server/http/ticket_keys.hpp"

#include <algorithm>
#include <utility>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>

namespace heliograph::http {
namespace {

// What OpenSSL wants to hear of a ticket.
constexpr int failed = -1;
constexpr int without_ticket = 0;  // a handshake in full
constexpr int good = 1;
constexpr int good_but_renew = 2;

bool prepare_mac(EVP_MAC_CTX* mac, const TicketKeys::Key& key) {
  const std::array<OSSL_PARAM, 3> params{
      OSSL_PARAM_construct_octet_string(OSSL_MAC_PARAM_KEY, const_cast<std::uint8_t*>(key.mac.data()),
                                        key.mac.size()),
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, const_cast<char*>("SHA256"), 0),
      OSSL_PARAM_construct_end()};
  return EVP_MAC_CTX_set_params(mac, params.data()) == 1;
}

int seal(const TicketKeys& keys, unsigned char* name, unsigned char* iv, EVP_CIPHER_CTX* cipher,
         EVP_MAC_CTX* mac) {
  const TicketKeys::Key* key = keys.current();
  if (key == nullptr) return without_ticket;
  std::ranges::copy(key->name, name);
  const EVP_CIPHER* const method = EVP_aes_256_cbc();
  const bool ready = RAND_bytes(iv, EVP_CIPHER_get_iv_length(method)) == 1 &&
                     EVP_EncryptInit_ex2(cipher, method, key->cipher.data(), iv, nullptr) == 1 &&
                     prepare_mac(mac, *key);
  return ready ? good : failed;
}

int open(const TicketKeys& keys, int version, const unsigned char* name, const unsigned char* iv,
         EVP_CIPHER_CTX* cipher, EVP_MAC_CTX* mac) {
  const TicketKeys::Key* key = keys.find(std::span<const unsigned char, 16>(name, 16));
  if (key == nullptr) return without_ticket;
  const bool ready = EVP_DecryptInit_ex2(cipher, EVP_aes_256_cbc(), key->cipher.data(), iv, nullptr) == 1 &&
                     prepare_mac(mac, *key);
  if (!ready) return failed;
  // A ticket of TLS 1.3 is for one use, so there has to be another.
  return version >= TLS1_3_VERSION || key != keys.current() ? good_but_renew : good;
}

int handle_ticket(SSL* tls, unsigned char* name, unsigned char* iv, EVP_CIPHER_CTX* cipher, EVP_MAC_CTX* mac,
                  int sealing) {
  const auto* keys = static_cast<const TicketKeys*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(tls)));
  return sealing != 0 ? seal(*keys, name, iv, cipher, mac)
                      : open(*keys, SSL_version(tls), name, iv, cipher, mac);
}

}  // namespace

TicketKeys::TicketKeys(SteadyTime now) : made_(now) {
  renew();
}

TicketKeys::~TicketKeys() {
  forget(current_);
  forget(previous_);
}

void TicketKeys::serve(ssl_ctx_st* context) {
  SSL_CTX_set_app_data(context, this);
  SSL_CTX_set_tlsext_ticket_key_evp_cb(context, handle_ticket);
}

void TicketKeys::rotate(SteadyTime now) {
  const auto age = now - made_;
  if (age < ticket_key_life) return;
  forget(previous_);
  if (age < 2 * ticket_key_life) previous_ = current_;
  forget(current_);
  renew();
  made_ = now;
}

const TicketKeys::Key* TicketKeys::find(std::span<const std::uint8_t, 16> name) const {
  for (const std::optional<Key>* key : {&current_, &previous_}) {
    if (*key && std::ranges::equal((*key)->name, name)) return &**key;
  }
  return nullptr;
}

void TicketKeys::renew() {
  Key& key = current_.emplace();
  const auto fill = [](auto& bytes) {
    return RAND_priv_bytes(bytes.data(), static_cast<int>(bytes.size())) == 1;
  };
  if (!fill(key.name) || !fill(key.cipher) || !fill(key.mac)) forget(current_);
}

void TicketKeys::forget(std::optional<Key>& key) {
  if (key) OPENSSL_cleanse(&*key, sizeof(Key));
  key.reset();
}

}  // namespace heliograph::http
