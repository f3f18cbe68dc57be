#include "firmware/linux/tls_context.hpp"

#include <stdexcept>

namespace heliograph::firmware {

TlsContext::TlsContext(const std::string& ca_file)
    : context_(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free) {
  if (!context_) throw std::runtime_error("OpenSSL cannot be started");
  SSL_CTX_set_min_proto_version(context_.get(), TLS1_2_VERSION);
  SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
  // A write that had to wait is repeated with whatever slice is next in line, and may take a part of it.
  SSL_CTX_set_mode(context_.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  const bool loaded = ca_file.empty()
                          ? SSL_CTX_set_default_verify_paths(context_.get()) == 1
                          : SSL_CTX_load_verify_locations(context_.get(), ca_file.c_str(), nullptr) == 1;
  if (!loaded) throw std::runtime_error(ca_file + ": holds no certificate in PEM form that can be read");
}

}  // namespace heliograph::firmware
