// Of our own, for the host: as much of ESP-IDF's <esp_tls.h> as firmware/esp32 uses. See README.md.
#pragma once

#include <cstddef>
#include <esp_err.h>
#include <sys/types.h>

#define ESP_TLS_ERR_SSL_WANT_READ (-0x6900)
#define ESP_TLS_ERR_SSL_WANT_WRITE (-0x6880)

using esp_tls_t = struct FakeTls;
using esp_tls_error_handle_t = struct FakeTls*;
enum esp_tls_conn_state_t { ESP_TLS_INIT, ESP_TLS_CONNECTING, ESP_TLS_HANDSHAKE, ESP_TLS_FAIL, ESP_TLS_DONE };
struct esp_tls_cfg_t {
  const unsigned char* cacert_buf;
  unsigned int cacert_bytes;
  esp_err_t (*crt_bundle_attach)(void* config);
};

esp_tls_t* esp_tls_init();
int esp_tls_conn_new_async(const char* host, int size, int port, const esp_tls_cfg_t* config, esp_tls_t* tls);
ssize_t esp_tls_conn_write(esp_tls_t* tls, const void* data, std::size_t size);
ssize_t esp_tls_conn_read(esp_tls_t* tls, void* data, std::size_t size);
int esp_tls_conn_destroy(esp_tls_t* tls);
esp_err_t esp_tls_set_conn_sockfd(esp_tls_t* tls, int socket);
esp_err_t esp_tls_set_conn_state(esp_tls_t* tls, esp_tls_conn_state_t state);
esp_err_t esp_tls_get_error_handle(esp_tls_t* tls, esp_tls_error_handle_t* errors);
esp_err_t esp_tls_get_and_clear_last_error(esp_tls_error_handle_t errors, int* code, int* flags);
