#include "firmware/esp32/port/portal.hpp"

#include "firmware/esp32/decide/certificates.hpp"
#include "firmware/esp32/decide/form.hpp"
#include "firmware/esp32/port/portal_page.hpp"

#include <cstdio>
#include <esp_wifi.h>
#include <memory>
#include <new>

namespace heliograph::firmware {

namespace {

// Seconds that a phone may be silent in the middle of a request.
constexpr int patience_s = 10;
// Bytes: parsing, a form's settings and the answer.
constexpr std::size_t stack_size = 12'288;
// Networks that are listed: the strongest.
constexpr std::uint16_t max_networks = 20;

esp_err_t answer(httpd_req_t* request, const char* status, const char* type, std::string_view body) {
  httpd_resp_set_status(request, status);
  httpd_resp_set_type(request, type);
  httpd_resp_set_hdr(request, "Cache-Control", "no-store");
  return httpd_resp_send(request, body.data(), static_cast<ssize_t>(body.size()));
}

esp_err_t say(httpd_req_t* request, std::string_view sentence) {
  return answer(request, "200 OK", "text/plain; charset=utf-8", sentence);
}

esp_err_t refuse(httpd_req_t* request, const char* status, std::string_view sentence) {
  return answer(request, status, "text/plain; charset=utf-8", sentence);
}

// As a JSON string.
template <class TextType>
void append_json(TextType& out, std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  out.append('"');
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') out.append('\\');
    if (byte < ' ') {
      out.append("\\u00").append(hex[byte >> 4]).append(hex[byte & 15]);
    } else {
      out.append(c);
    }
  }
  out.append('"');
}

}  // namespace

bool Portal::open() {
  if (server_ != nullptr) return true;
  httpd_config_t config = HTTPD_DEFAULT_CONFIG();
  config.uri_match_fn = httpd_uri_match_wildcard;
  config.stack_size = stack_size;
  config.recv_wait_timeout = patience_s;
  config.send_wait_timeout = patience_s;
  config.lru_purge_enable = true;
  if (httpd_start(&server_, &config) != ESP_OK) {
    server_ = nullptr;
    return false;
  }
  struct Row {
    httpd_method_t method;
    esp_err_t (*handler)(httpd_req_t*);
  };
  for (const Row& row : {Row{HTTP_GET, &Portal::handle_get}, Row{HTTP_POST, &Portal::handle_post},
                         Row{HTTP_DELETE, &Portal::handle_delete}}) {
    httpd_uri_t uri = {};
    uri.uri = "/*";
    uri.method = row.method;
    uri.handler = row.handler;
    uri.user_ctx = this;
    httpd_register_uri_handler(server_, &uri);
  }
  is_open_ = true;
  return true;
}

void Portal::close() {
  if (server_ != nullptr) httpd_stop(server_);
  server_ = nullptr;
  is_open_ = false;
}

esp_err_t Portal::handle_get(httpd_req_t* request) {
  return handle(PortalMethod::get, request);
}

esp_err_t Portal::handle_post(httpd_req_t* request) {
  return handle(PortalMethod::post, request);
}

esp_err_t Portal::handle_delete(httpd_req_t* request) {
  return handle(PortalMethod::remove, request);
}

esp_err_t Portal::handle(PortalMethod method, httpd_req_t* request) {
  auto& portal = *static_cast<Portal*>(request->user_ctx);
  const PortalRequest asked = route_portal(method, request->uri);
  switch (asked.route) {
    case PortalRoute::page:
      return answer(request, "200 OK", "text/html; charset=utf-8", portal_page);
    case PortalRoute::state:
      return portal.show_state(request);
    case PortalRoute::networks:
      return portal.show_networks(request);
    case PortalRoute::set_wifi:
      return portal.set_wifi(request);
    case PortalRoute::set_server:
      return portal.set_server(request);
    case PortalRoute::set_authority:
      return portal.set_authority(request);
    case PortalRoute::pictures:
      return portal.list_pictures(request);
    case PortalRoute::picture:
      return portal.show_picture(request, asked.name);
    case PortalRoute::take_picture:
      return portal.take_picture(request);
    case PortalRoute::remove:
      return portal.remove_picture(request, asked.name);
    case PortalRoute::lead_here:
      httpd_resp_set_hdr(request, "Location", "http://192.168.4.1/");
      return answer(request, "302 Found", "text/plain", "");
    case PortalRoute::not_found:
      break;
  }
  return refuse(request, "404 Not Found", "there is no such thing");
}

esp_err_t Portal::show_state(httpd_req_t* request) {
  Text<512> body(std::string_view("{\"text\":"));
  append_json(body, platform_.state.get().view());
  body.append(",\"alone\":").append(platform_.album != nullptr ? "true" : "false").append('}');
  return answer(request, "200 OK", "application/json", body.view());
}

esp_err_t Portal::show_networks(httpd_req_t* request) {
  Text<max_networks * 80> body(std::string_view("{\"networks\":["));
  wifi_ap_record_t found[max_networks];
  std::uint16_t count = max_networks;
  const bool scanned =
      esp_wifi_scan_start(nullptr, true) == ESP_OK && esp_wifi_scan_get_ap_records(&count, found) == ESP_OK;
  for (std::uint16_t i = 0; scanned && i < count; ++i) {
    if (i > 0) body.append(',');
    append_json(body, reinterpret_cast<const char*>(found[i].ssid));
  }
  return answer(request, "200 OK", "application/json", body.append("]}").view());
}

std::string_view Portal::read_form(httpd_req_t* request) {
  if (request->content_len > sizeof form_ || !receive(request, form_)) return {};
  return {form_, request->content_len};
}

bool Portal::receive(httpd_req_t* request, char* out) {
  std::size_t size = 0;
  while (size < request->content_len) {
    const int got = httpd_req_recv(request, out + size, request->content_len - size);
    if (got <= 0) return false;
    size += static_cast<std::size_t>(got);
  }
  return true;
}

esp_err_t Portal::set_wifi(httpd_req_t* request) {
  const std::string_view form = read_form(request);
  // Longer than either may be; what does not even fit in here is none.
  char name_buffer[2 * decltype(WifiAccess::name)::max_size];
  char password_buffer[2 * decltype(WifiAccess::password)::max_size];
  const auto name = form_field(form, "wifi", name_buffer, sizeof name_buffer);
  const auto password = form_field(form, "password", password_buffer, sizeof password_buffer);
  if (!name || !password || !wifi_access_valid(*name, *password)) {
    return refuse(request, "400 Bad Request", "a network has a name, and its password 8 to 64 characters");
  }
  const WifiAccess access{decltype(WifiAccess::name)(*name), decltype(WifiAccess::password)(*password)};
  platform_.store.change([&](Settings& settings) { propose_wifi(settings, access); });
  platform_.events.tell(LinkEvent::Kind::settings);
  return say(request,
             "The camera tries this network. If it does not reach its server there, the one before is back.");
}

esp_err_t Portal::set_server(httpd_req_t* request) {
  const std::string_view form = read_form(request);
  const auto address = form_text<Text<max_host_length + max_base_path_length>>(form, "server");
  const auto key = form_text<decltype(Settings::key)>(form, "key");
  ServerAddress server;
  bool moves = false;
  if (!address.empty() && !read_server_address(address.view(), server)) {
    return refuse(request, "400 Bad Request", "an address is like https://photos.example.org");
  }
  platform_.store.change([&](Settings& settings) {
    moves = settings.server.host.view() != server.host.view();
    settings.server = server;
    settings.apn = form_text<decltype(settings.apn)>(form, "apn");
    settings.pin = form_text<decltype(settings.pin)>(form, "pin");
    if (!key.empty()) settings.key = key;
    if (!key.empty() || moves) settings.claimed = !key.empty();
  });
  if (moves) platform_.store.forget_roots();
  platform_.events.tell(LinkEvent::Kind::settings);
  return say(request, server.empty() ? "The camera stands alone."
                                     : "Kept. The camera restarts and looks for its server.");
}

// Whoever is at the board decides whom it trusts. Not in a form's encoding, in which it would be half as long
// again.
esp_err_t Portal::set_authority(httpd_req_t* request) {
  const std::size_t size = request->content_len;
  if (size > max_nvs_value - 1) {
    return refuse(request, "413 Content Too Large", "one certificate of an authority has some 2,000 bytes");
  }
  const std::unique_ptr<char[]> pem(new (std::nothrow) char[size + 1]);
  if (!pem || !receive(request, pem.get()))
    return refuse(request, "400 Bad Request", "it did not come whole");
  pem[size] = '\0';  // mbedTLS wants it counted
  if (size > 0 && !holds_certificates({pem.get(), size})) {
    return refuse(
        request, "400 Bad Request",
        "an authority's certificate begins with -----BEGIN CERTIFICATE-----, and has no private key");
  }
  platform_.store.forget_roots();
  if (!platform_.store.save_authority(size > 0 ? std::string_view(pem.get(), size + 1)
                                               : std::string_view())) {
    return refuse(request, "507 Insufficient Storage", "the flash does not take it");
  }
  return say(request, size > 0 ? "Kept. The camera restarts, and trusts servers of this authority only."
                               : "The camera restarts, and trusts the authorities that everybody trusts.");
}

esp_err_t Portal::list_pictures(httpd_req_t* request) {
  if (platform_.album == nullptr) return refuse(request, "404 Not Found", "there is no card");
  static std::uint32_t numbers[max_listed_pictures];  // the HTTP server has one task
  const std::size_t count = platform_.album->newest(numbers, max_listed_pictures);
  httpd_resp_set_type(request, "application/json");
  httpd_resp_set_hdr(request, "Cache-Control", "no-store");
  httpd_resp_sendstr_chunk(request, "{\"pictures\":[");
  for (std::size_t i = 0; i < count; ++i) {
    Text<24> item(std::string_view(i > 0 ? ",\"" : "\""));
    const PictureFile name = Album::name_of(numbers[i]);
    item.append(name.view().substr(0, name.view().size() - 1)).append('"').append('\0');
    httpd_resp_sendstr_chunk(request, item.view().data());
  }
  httpd_resp_sendstr_chunk(request, "]}");
  return httpd_resp_send_chunk(request, nullptr, 0);
}

esp_err_t Portal::show_picture(httpd_req_t* request, std::string_view name) {
  const Text<96> path = platform_.album != nullptr ? platform_.album->path_of(name) : Text<96>();
  std::FILE* const file = path.empty() ? nullptr : std::fopen(path.view().data(), "rb");
  if (file == nullptr) return refuse(request, "404 Not Found", "there is no such picture");
  httpd_resp_set_type(request, "image/jpeg");
  esp_err_t status = ESP_OK;
  while (status == ESP_OK) {
    const std::size_t got = std::fread(form_, 1, sizeof form_, file);
    if (got == 0) break;
    status = httpd_resp_send_chunk(request, form_, static_cast<ssize_t>(got));
  }
  std::fclose(file);
  return status == ESP_OK ? httpd_resp_send_chunk(request, nullptr, 0) : status;
}

esp_err_t Portal::take_picture(httpd_req_t* request) {
  if (platform_.album == nullptr || platform_.taker == nullptr) {
    return refuse(request, "404 Not Found", "the camera does not stand alone, or has no card");
  }
  const Bytes picture = platform_.taker->take_picture();
  if (picture.size == 0) {
    return refuse(request, "503 Service Unavailable", platform_.taker->error_text());
  }
  const auto name = platform_.album->add(picture);
  return name ? say(request, name->view().substr(0, name->view().size() - 1))
              : refuse(request, "507 Insufficient Storage", "the card does not take it");
}

esp_err_t Portal::remove_picture(httpd_req_t* request, std::string_view name) {
  const bool removed = platform_.album != nullptr && platform_.album->remove(name);
  return removed ? say(request, "removed") : refuse(request, "404 Not Found", "there is no such picture");
}

}  // namespace heliograph::firmware
