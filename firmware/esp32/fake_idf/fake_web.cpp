#include "firmware/esp32/fake_idf/fake_web.hpp"

#include <algorithm>
#include <cstring>
#include <vector>

struct FakeExchange {
  std::string left;  // of the request's body
  heliograph::fake_idf::WebAnswer answer;
};

namespace heliograph::fake_idf {

namespace {

std::vector<httpd_uri_t> rows;
bool runs = false;

}  // namespace

WebAnswer ask(httpd_method_t method, const std::string& target, const std::string& body, std::size_t sent) {
  FakeExchange exchange;
  exchange.left = body.substr(0, sent);
  const auto row =
      std::find_if(rows.begin(), rows.end(), [&](const httpd_uri_t& uri) { return uri.method == method; });
  if (!runs || row == rows.end()) return {"405 Method Not Allowed", "", {}, ""};
  httpd_req_t request{target.c_str(), row->user_ctx, body.size(), &exchange};
  row->handler(&request);
  return exchange.answer;
}

bool server_runs() {
  return runs;
}

}  // namespace heliograph::fake_idf

using namespace heliograph::fake_idf;

bool httpd_uri_match_wildcard(const char*, const char*, std::size_t) {
  return true;
}

esp_err_t httpd_start(httpd_handle_t* server, const httpd_config_t*) {
  *server = &runs;
  runs = true;
  rows.clear();
  return ESP_OK;
}

esp_err_t httpd_stop(httpd_handle_t) {
  runs = false;
  return ESP_OK;
}

esp_err_t httpd_register_uri_handler(httpd_handle_t, const httpd_uri_t* uri) {
  rows.push_back(*uri);
  return ESP_OK;
}

int httpd_req_recv(httpd_req_t* request, char* out, std::size_t size) {
  std::string& left = request->fake->left;
  const std::size_t got = std::min({size, left.size(), std::size_t{7}});  // in small pieces, as from a phone
  std::copy_n(left.begin(), got, out);
  left.erase(0, got);
  return static_cast<int>(got);
}

esp_err_t httpd_resp_set_status(httpd_req_t* request, const char* status) {
  request->fake->answer.status = status;
  return ESP_OK;
}

esp_err_t httpd_resp_set_type(httpd_req_t* request, const char* type) {
  request->fake->answer.type = type;
  return ESP_OK;
}

esp_err_t httpd_resp_set_hdr(httpd_req_t* request, const char* field, const char* value) {
  request->fake->answer.fields[field] = value;
  return ESP_OK;
}

esp_err_t httpd_resp_send(httpd_req_t* request, const char* body, ssize_t size) {
  request->fake->answer.body.assign(body, static_cast<std::size_t>(size));
  return ESP_OK;
}

esp_err_t httpd_resp_send_chunk(httpd_req_t* request, const char* chunk, ssize_t size) {
  if (chunk != nullptr) request->fake->answer.body.append(chunk, static_cast<std::size_t>(size));
  return ESP_OK;
}

esp_err_t httpd_resp_sendstr_chunk(httpd_req_t* request, const char* text) {
  return httpd_resp_send_chunk(request, text, static_cast<ssize_t>(std::strlen(text)));
}
