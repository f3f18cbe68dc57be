// A browser that asks the fake board's HTTP server.
#pragma once

#include <esp_http_server.h>
#include <map>
#include <string>

namespace heliograph::fake_idf {

struct WebAnswer {
  std::string status = "200 OK";
  std::string type;
  std::map<std::string, std::string> fields;
  std::string body;
};

// `sent`: as much of the body as arrives; then the phone is gone.
WebAnswer ask(httpd_method_t method, const std::string& target, const std::string& body = {},
              std::size_t sent = std::string::npos);
bool server_runs();

}  // namespace heliograph::fake_idf
