// The certificate and key, ready for use by streams.
#pragma once

#include "server/base/error.hpp"
#include "server/http/server.hpp"

#include <memory>
#include <string>

struct ssl_ctx_st;

namespace heliograph::http {

struct FreeTlsContext {
  void operator()(ssl_ctx_st* context) const;
};
using TlsContext = std::unique_ptr<ssl_ctx_st, FreeTlsContext>;

// TLS 1.2 and 1.3. bad_request with the file and the reason when certificate and key cannot be used.
Result<TlsContext> load_tls(const TlsFiles& files);

}  // namespace heliograph::http
