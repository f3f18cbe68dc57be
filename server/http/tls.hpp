// The certificate and key, ready for use by streams.
#pragma once

#include "server/base/error.hpp"
#include "server/http/server.hpp"

#include <memory>
#include <string>

struct ssl_ctx_st;

namespace heliograph::http {

// Connections that were made with it keep it alive.
using TlsContext = std::shared_ptr<ssl_ctx_st>;

// TLS 1.2 and 1.3. Without the certificate's file, and if that may come later, with one of our own.
// bad_request with the file and the reason when certificate and key cannot be used.
Result<TlsContext> load_tls(const TlsFiles& files);

// What the certificate says of itself.
Result<Certificate> certificate_of(const TlsContext& context);

// From now on `to` takes the tickets that `from` gave out: cameras resume over a change of the certificate.
Result<void> share_tickets(const TlsContext& from, const TlsContext& to);

}  // namespace heliograph::http
