// What every TLS connection of the process shares: whom to trust. Immutable after it was made, so any thread
// may use it.
#pragma once

#include <memory>
#include <string>

#include <openssl/ssl.h>

namespace heliograph::firmware {

class TlsContext {
 public:
  // Trusts the machine's certificate authorities, or, when `ca_file` is not empty, only those in that PEM
  // file. Throws std::runtime_error with a sentence for a person when the file cannot be used.
  explicit TlsContext(const std::string& ca_file);

  SSL_CTX* get() const { return context_.get(); }

 private:
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
};

}  // namespace heliograph::firmware
