#include "firmware/linux/tls_context.hpp"

#include <stdexcept>
#include <utility>

#include <openssl/err.h>
#include <openssl/pem.h>

namespace heliograph::firmware {

namespace {

std::shared_ptr<SSL_CTX> make_context() {
  std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free);
  if (!context) throw std::runtime_error("OpenSSL cannot be started");
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  // A write that had to wait is repeated with whatever slice is next in line, and may take a part of it.
  SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  return context;
}

bool load_given(SSL_CTX* context, const std::string& ca_file) {
  return ca_file.empty() ? SSL_CTX_set_default_verify_paths(context) == 1
                         : SSL_CTX_load_verify_locations(context, ca_file.c_str(), nullptr) == 1;
}

// Returns how many certificates were in it.
int add_roots(SSL_CTX* context, const std::string& pem) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> text(
      BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free);
  int count = 0;
  while (X509* root = PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr)) {
    if (X509_STORE_add_cert(SSL_CTX_get_cert_store(context), root) == 1) ++count;
    X509_free(root);
  }
  ERR_clear_error();  // the end of the text is one
  return count;
}

}  // namespace

TlsContext::TlsContext(const std::string& ca_file) : ca_file_(ca_file), given_(make_context()), now_(given_) {
  if (!load_given(given_.get(), ca_file))
    throw std::runtime_error(ca_file + ": holds no certificate in PEM form that can be read");
}

std::shared_ptr<SSL_CTX> TlsContext::get() const {
  const std::lock_guard lock(mutex_);
  return now_;
}

bool TlsContext::trust_besides(const std::string& roots) {
  if (roots.empty()) return use(given_);
  auto context = make_context();
  return load_given(context.get(), ca_file_) && add_roots(context.get(), roots) > 0 &&
         use(std::move(context));
}

bool TlsContext::trust_alone(const std::string& roots) {
  auto context = make_context();
  return add_roots(context.get(), roots) > 0 && use(std::move(context));
}

bool TlsContext::use(std::shared_ptr<SSL_CTX> context) {
  const std::lock_guard lock(mutex_);
  now_ = std::move(context);
  return true;
}

}  // namespace heliograph::firmware
