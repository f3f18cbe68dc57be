#include "server/http/tls.hpp"

#include <string_view>

#include <openssl/err.h>
#include <openssl/ssl.h>

namespace heliograph::http {
namespace {

Error tls_error(std::string what) {
  const unsigned long code = ERR_peek_last_error();
  const char* reason = code == 0 ? nullptr : ERR_reason_error_string(code);
  ERR_clear_error();
  return {ErrorKind::bad_request, std::move(what) + ": " + (reason ? reason : "unknown reason")};
}

// A key with a password would make OpenSSL ask on a terminal that nobody sits at.
int no_password(char*, int, int, void*) {
  return 0;
}

}  // namespace

void FreeTlsContext::operator()(ssl_ctx_st* context) const {
  SSL_CTX_free(context);
}

Result<TlsContext> load_tls(const TlsFiles& files) {
  ERR_clear_error();
  TlsContext context(SSL_CTX_new(TLS_server_method()));
  if (!context) return tls_error("cannot set up TLS");
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_options(context.get(),
                      SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  // RELEASE_BUFFERS: an idle connection keeps 17 KB and not 50. The other two: a write that met a full socket
  // is tried again with what is left, from wherever it lies then.
  SSL_CTX_set_mode(context.get(), SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                      SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  // Cameras come back with tickets, which cost us no memory.
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
  constexpr std::string_view id = "heliograph";
  SSL_CTX_set_session_id_context(context.get(), reinterpret_cast<const unsigned char*>(id.data()), id.size());

  SSL_CTX_set_default_passwd_cb(context.get(), no_password);
  if (SSL_CTX_use_certificate_chain_file(context.get(), files.certificate.c_str()) != 1) {
    return tls_error("cannot use the certificate " + files.certificate);
  }
  if (SSL_CTX_use_PrivateKey_file(context.get(), files.key.c_str(), SSL_FILETYPE_PEM) != 1) {
    return tls_error("cannot use the key " + files.key + " with the certificate " + files.certificate);
  }
  return context;
}

}  // namespace heliograph::http
