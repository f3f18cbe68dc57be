#include "server/http/tls.hpp"

#include "server/http/x509.hpp"

#include <filesystem>
#include <memory>
#include <string_view>
#include <system_error>

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace heliograph::http {
namespace {

// A key with a password would make OpenSSL ask on a terminal that nobody sits at.
int no_password(char*, int, int, void*) {
  return 0;
}

// Signed by itself, for nobody: it keeps the port open while the real one is fetched.
bool use_own_certificate(SSL_CTX* context) {
  constexpr long day_s = 86400;
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), X509_free);
  if (!key || !certificate) return false;
  X509_NAME* name = X509_get_subject_name(certificate.get());
  constexpr std::string_view text = "heliograph, waiting for its certificate";
  return X509_set_version(certificate.get(), X509_VERSION_3) == 1 &&
         ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1) == 1 &&
         X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0) != nullptr &&
         X509_gmtime_adj(X509_getm_notAfter(certificate.get()), day_s) != nullptr &&
         X509_set_pubkey(certificate.get(), key.get()) == 1 &&
         X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_ASC,
                                    reinterpret_cast<const unsigned char*>(text.data()),
                                    static_cast<int>(text.size()), -1, 0) == 1 &&
         X509_set_issuer_name(certificate.get(), name) == 1 &&
         X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0 &&
         SSL_CTX_use_certificate(context, certificate.get()) == 1 &&
         SSL_CTX_use_PrivateKey(context, key.get()) == 1;
}

}  // namespace

Result<TlsContext> load_tls(const TlsFiles& files, TicketKeys& tickets) {
  ERR_clear_error();
  const TlsContext context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  if (!context) return openssl_error("cannot set up TLS");
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_options(context.get(),
                      SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  // Only what keeps the past secret, and is sealed and enciphered in one: every board of the last ten years
  // has it.
  if (SSL_CTX_set_cipher_list(context.get(), "ECDHE+AESGCM:ECDHE+CHACHA20") != 1 ||
      SSL_CTX_set1_groups_list(context.get(), "X25519:P-256:P-384") != 1) {
    return openssl_error("cannot choose ciphers");
  }
  // RELEASE_BUFFERS: an idle connection keeps 17 KB and not 50. The other two: a write that met a full socket
  // is tried again with what is left, from wherever it lies then.
  SSL_CTX_set_mode(context.get(), SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                      SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  // Cameras come back with tickets, which cost us no memory.
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
  tickets.serve(context.get());
  constexpr std::string_view id = "heliograph";
  SSL_CTX_set_session_id_context(context.get(), reinterpret_cast<const unsigned char*>(id.data()), id.size());

  std::error_code unknown;
  const auto found = std::filesystem::status(files.certificate, unknown).type();
  if (files.may_come_later && found == std::filesystem::file_type::not_found) {
    if (!use_own_certificate(context.get())) return openssl_error("cannot make a certificate to wait with");
    return context;
  }
  SSL_CTX_set_default_passwd_cb(context.get(), no_password);
  if (SSL_CTX_use_certificate_chain_file(context.get(), files.certificate.c_str()) != 1) {
    return openssl_error("cannot use the certificate " + files.certificate);
  }
  if (SSL_CTX_use_PrivateKey_file(context.get(), files.key.c_str(), SSL_FILETYPE_PEM) != 1) {
    return openssl_error("cannot use the key " + files.key + " with the certificate " + files.certificate);
  }
  return context;
}

Result<Certificate> certificate_of(const TlsContext& context) {
  const X509* certificate = SSL_CTX_get0_certificate(context.get());
  if (certificate == nullptr) return openssl_error("there is no certificate");
  return life_of(certificate);
}

}  // namespace heliograph::http
