// libcurl: loaded by the first request, and not before. With what it brings (nghttp2, libssh2, Kerberos,
// LDAP, GnuTLS) it takes 4 MiB, and most servers ask nobody anything.
#pragma once

#include "server/base/error.hpp"

#include <curl/curl.h>

namespace heliograph::outbound {

// Those of its functions that are called here.
struct Curl {
  decltype(&::curl_global_init) global_init = nullptr;
  decltype(&::curl_easy_init) init = nullptr;
  decltype(&::curl_easy_cleanup) cleanup = nullptr;
  decltype(&::curl_easy_setopt) set = nullptr;
  decltype(&::curl_easy_getinfo) get = nullptr;
  decltype(&::curl_easy_perform) perform = nullptr;
  decltype(&::curl_easy_strerror) error_text = nullptr;
  decltype(&::curl_slist_append) append = nullptr;
  decltype(&::curl_slist_free_all) free_list = nullptr;
};

// unavailable: it is missing.
Result<Curl> load_curl();

}  // namespace heliograph::outbound
