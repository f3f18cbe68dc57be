#include "server/http/x509.hpp"

#include <ctime>
#include <system_error>
#include <utility>

#include <openssl/err.h>

namespace heliograph::http {
namespace {

Result<Timestamp> time_of(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return openssl_error("the certificate has no readable dates");
  return from_ms(std::int64_t{1000} * ::timegm(&parts));
}

}  // namespace

Error openssl_error(std::string what) {
  // What the system said comes first, and what OpenSSL makes of it ("system lib") last.
  const unsigned long first = ERR_peek_error();
  const unsigned long code = ERR_SYSTEM_ERROR(first) ? first : ERR_peek_last_error();
  std::string reason = "unknown reason";
  if (ERR_SYSTEM_ERROR(code)) {
    reason = std::generic_category().message(ERR_GET_REASON(code));
  } else if (const char* text = ERR_reason_error_string(code)) {
    reason = text;
  }
  ERR_clear_error();
  return {ErrorKind::bad_request, std::move(what) + ": " + reason};
}

Result<Certificate> life_of(const X509* certificate) {
  const auto begins = time_of(X509_get0_notBefore(certificate));
  if (!begins) return begins.error();
  const auto ends = time_of(X509_get0_notAfter(certificate));
  if (!ends) return ends.error();
  return Certificate{*begins, *ends};
}

}  // namespace heliograph::http
