#include "server/outbound/curl.hpp"

#include "server/base/library.hpp"

namespace heliograph::outbound {

Result<Curl> load_curl() {
  auto library = Library::load("libcurl.so.4", "libcurl4");
  if (!library) return library.error();
  Curl curl;
  library->find(curl.global_init, "curl_global_init");
  library->find(curl.init, "curl_easy_init");
  library->find(curl.cleanup, "curl_easy_cleanup");
  library->find(curl.set, "curl_easy_setopt");
  library->find(curl.get, "curl_easy_getinfo");
  library->find(curl.perform, "curl_easy_perform");
  library->find(curl.error_text, "curl_easy_strerror");
  library->find(curl.append, "curl_slist_append");
  library->find(curl.free_list, "curl_slist_free_all");
  if (auto all = library->complete(); !all) return all.error();
  if (curl.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
    return Error{ErrorKind::unavailable, "libcurl does not start"};
  }
  return curl;
}

}  // namespace heliograph::outbound
