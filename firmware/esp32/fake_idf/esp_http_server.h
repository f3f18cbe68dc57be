// Of our own, for the host: as much of ESP-IDF's <esp_http_server.h> as firmware/esp32 uses. See README.md.
#pragma once

#include <cstddef>
#include <esp_err.h>
#include <sys/types.h>

using httpd_handle_t = void*;
enum httpd_method_t { HTTP_DELETE = 0, HTTP_GET = 1, HTTP_POST = 3 };
struct httpd_req_t {
  const char* uri;
  void* user_ctx;
  std::size_t content_len;
  struct FakeExchange* fake;
};
struct httpd_uri_t {
  const char* uri;
  httpd_method_t method;
  esp_err_t (*handler)(httpd_req_t* request);
  void* user_ctx;
};
struct httpd_config_t {
  std::size_t stack_size;
  int recv_wait_timeout;
  int send_wait_timeout;
  bool lru_purge_enable;
  bool (*uri_match_fn)(const char* pattern, const char* uri, std::size_t size);
};
#define HTTPD_DEFAULT_CONFIG() \
  httpd_config_t {}

bool httpd_uri_match_wildcard(const char* pattern, const char* uri, std::size_t size);
esp_err_t httpd_start(httpd_handle_t* server, const httpd_config_t* config);
esp_err_t httpd_stop(httpd_handle_t server);
esp_err_t httpd_register_uri_handler(httpd_handle_t server, const httpd_uri_t* uri);
int httpd_req_recv(httpd_req_t* request, char* out, std::size_t size);
esp_err_t httpd_resp_set_status(httpd_req_t* request, const char* status);
esp_err_t httpd_resp_set_type(httpd_req_t* request, const char* type);
esp_err_t httpd_resp_set_hdr(httpd_req_t* request, const char* field, const char* value);
esp_err_t httpd_resp_send(httpd_req_t* request, const char* body, ssize_t size);
esp_err_t httpd_resp_send_chunk(httpd_req_t* request, const char* chunk, ssize_t size);
esp_err_t httpd_resp_sendstr_chunk(httpd_req_t* request, const char* text);
