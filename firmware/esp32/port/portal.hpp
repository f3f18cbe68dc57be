// The board's own pages, over HTTP: where it is set up, and its gallery while it stands alone.
//
// What they need of the rest is given once; handlers run on the HTTP server's task and touch nothing else.
#pragma once

#include "firmware/esp32/decide/portal_routes.hpp"
#include "firmware/esp32/port/album.hpp"
#include "firmware/esp32/port/board_lock.hpp"
#include "firmware/esp32/port/link_events.hpp"
#include "firmware/esp32/port/picture_taker.hpp"
#include "firmware/esp32/port/settings_store.hpp"

#include <atomic>
#include <esp_http_server.h>

namespace heliograph::firmware {

// Bytes of a form: the longest fields, each byte as three.
inline constexpr std::size_t max_portal_form = 2048;

// What the page says of the board, in a sentence: set by others, shown by the portal.
class StateText {
 public:
  // Any task.
  void set(std::string_view text) {
    const Guard guard(lock_);
    text_ = Text<160>(text);
  }
  Text<160> get() {
    const Guard guard(lock_);
    return text_;
  }

 private:
  BoardLock lock_;
  Text<160> text_;
};

struct PortalPlatform {
  SettingsStore& store;
  LinkEvents& events;
  StateText& state;
  Album* album = nullptr;         // null: it does not stand alone, or has no card
  PictureTaker* taker = nullptr;  // the same
};

class Portal {
 public:
  explicit Portal(const PortalPlatform& platform) : platform_(platform) {}
  Portal(const Portal&) = delete;
  Portal& operator=(const Portal&) = delete;
  ~Portal() { close(); }

  // One task opens and closes it.
  bool open();
  void close();
  // Any task.
  bool is_open() const { return is_open_; }

 private:
  static esp_err_t handle_get(httpd_req_t* request);
  static esp_err_t handle_post(httpd_req_t* request);
  static esp_err_t handle_delete(httpd_req_t* request);
  static esp_err_t handle(PortalMethod method, httpd_req_t* request);

  esp_err_t show_state(httpd_req_t* request);
  esp_err_t show_networks(httpd_req_t* request);
  esp_err_t set_wifi(httpd_req_t* request);
  esp_err_t set_server(httpd_req_t* request);
  esp_err_t set_authority(httpd_req_t* request);
  esp_err_t list_pictures(httpd_req_t* request);
  esp_err_t show_picture(httpd_req_t* request, std::string_view name);
  esp_err_t take_picture(httpd_req_t* request);
  esp_err_t remove_picture(httpd_req_t* request, std::string_view name);
  // The body, in form_; empty: there is none, it is too long, or it did not come.
  std::string_view read_form(httpd_req_t* request);
  // The whole body, of which `out` has room for content_len bytes.
  static bool receive(httpd_req_t* request, char* out);

  const PortalPlatform platform_;
  httpd_handle_t server_ = nullptr;
  std::atomic<bool> is_open_{false};
  char form_[max_portal_form];  // the HTTP server has one task
};

}  // namespace heliograph::firmware
