// Whom TLS connections trust: authorities that were given, and roots that a server has told since.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include <openssl/ssl.h>

namespace heliograph::firmware {

// Any thread: a connection goes on with what it began with.
class TlsContext {
 public:
  // Trusts the machine's certificate authorities, or, when `ca_file` is not empty, only those in that PEM
  // file. Throws std::runtime_error with a sentence for a person when the file cannot be used.
  explicit TlsContext(const std::string& ca_file);
  // Trusts as the other one was given to, and shares it until it is told more: the authorities of a machine
  // take a megabyte.
  TlsContext(const TlsContext& other) : ca_file_(other.ca_file_), given_(other.given_), now_(other.given_) {}
  TlsContext& operator=(const TlsContext&) = delete;

  std::shared_ptr<SSL_CTX> get() const;

  // Besides those that were given, these roots, PEM, are trusted from the next connection on, in the place of
  // those that were told before; empty: none. False: there is no certificate in it, and nothing has changed.
  bool trust_besides(const std::string& roots);
  // These roots and nothing else, until trust_besides().
  bool trust_alone(const std::string& roots);

 private:
  bool use(std::shared_ptr<SSL_CTX> context);

  const std::string ca_file_;
  const std::shared_ptr<SSL_CTX> given_;
  mutable std::mutex mutex_;
  std::shared_ptr<SSL_CTX> now_;  // guarded by mutex_
};

}  // namespace heliograph::firmware
