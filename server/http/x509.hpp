// What is shared by all here that handles OpenSSL's certificates: who owns them, and what went wrong.
#pragma once

#include "server/base/error.hpp"
#include "server/http/server.hpp"

#include <memory>
#include <string>

#include <openssl/bio.h>
#include <openssl/x509.h>

namespace heliograph::http {

using X509Owner = std::shared_ptr<X509>;
using BioOwner = std::unique_ptr<BIO, decltype(&BIO_free)>;

// bad_request: `what`, and why, as OpenSSL's queue of errors says. Empties the queue.
Error openssl_error(std::string what);

// bad_request when its dates cannot be read.
Result<Certificate> life_of(const X509* certificate);

}  // namespace heliograph::http
