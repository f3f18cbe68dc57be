// The certificate and key, ready for use by streams.
#pragma once

#include "server/base/error.hpp"
#include "server/http/server.hpp"
#include "server/http/ticket_keys.hpp"

#include <memory>
#include <string>

struct ssl_ctx_st;

namespace heliograph::http {

// Connections that were made with it keep it alive.
using TlsContext = std::shared_ptr<ssl_ctx_st>;

// TLS 1.2 and 1.3, with tickets of `tickets`, which must outlive every connection. Without the certificate's
// file, and if that may come later, with one of our own. bad_request with the file and the reason when
// certificate and key cannot be used.
Result<TlsContext> load_tls(const TlsFiles& files, TicketKeys& tickets);

// What the certificate says of itself.
Result<Certificate> certificate_of(const TlsContext& context);

}  // namespace heliograph::http
