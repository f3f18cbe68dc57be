// Stand-ins for what docs/firmware/arduino-sketch.md uses of the Arduino core for ESP32, so that the sketch
// runs on this machine: time and the network are real, TLS is left out, and the camera shows files.
//
// SKETCH_PICTURES names the files, separated by colons; when all were shown and one more is asked for, the
// program ends. The first SKETCH_LOSES answers get lost.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using std::min;

inline std::uint32_t millis() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
}

// As on a board: whoever calls it waits.
inline void delay(std::uint32_t ms) {
  std::this_thread::sleep_for(std::chrono::milliseconds(ms));
}

inline std::uint32_t esp_random() {
  std::uint32_t drawn = 0;
  std::ifstream("/dev/urandom", std::ios::binary).read(reinterpret_cast<char*>(&drawn), sizeof drawn);
  return drawn;
}

enum { WL_CONNECTED = 3 };
struct FakeWiFi {
  void begin(const char*, const char*) {}
  int status() const { return WL_CONNECTED; }
};
inline FakeWiFi WiFi;

struct FakeEsp {
  [[noreturn]] void restart() { std::exit(2); }
};
inline FakeEsp ESP;

// Over plain TCP, to this machine.
class NetworkClientSecure {
 public:
  ~NetworkClientSecure() {
    if (socket_ >= 0) ::close(socket_);
  }
  void setCACertBundle(const std::uint8_t*, std::size_t) {}
  void setHandshakeTimeout(unsigned long) {}
  int connect(const char*, std::uint16_t port, std::int32_t) {
    socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return ::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0 ? 1 : 0;
  }
  [[gnu::format(printf, 2, 3)]] int printf(const char* format, ...) {
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    const int size = std::vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return static_cast<int>(write(reinterpret_cast<std::uint8_t*>(text), static_cast<std::size_t>(size)));
  }
  std::size_t write(const std::uint8_t* data, std::size_t size) {
    const ssize_t sent = ::send(socket_, data, size, MSG_NOSIGNAL);
    return sent > 0 ? static_cast<std::size_t>(sent) : 0;
  }
  int read(std::uint8_t* out, std::size_t size) {
    const ssize_t got = ::recv(socket_, out, size, MSG_DONTWAIT);
    over_ = got == 0;
    if (got > 0 && lost_ > 0) {  // it came as far as the air
      --lost_;
      over_ = true;
      return -1;
    }
    return static_cast<int>(got);
  }
  bool connected() const { return !over_; }

 private:
  static inline int lost_ = std::atoi(std::getenv("SKETCH_LOSES"));
  int socket_ = -1;
  bool over_ = false;
};

enum { PIXFORMAT_JPEG, FRAMESIZE_UXGA, CAMERA_FB_IN_PSRAM, CAMERA_GRAB_LATEST, ESP_OK = 0 };
struct camera_config_t {
  int pin_pwdn, pin_reset, pin_xclk, pin_sccb_sda, pin_sccb_scl;
  int pin_d7, pin_d6, pin_d5, pin_d4, pin_d3, pin_d2, pin_d1, pin_d0;
  int pin_vsync, pin_href, pin_pclk;
  int xclk_freq_hz, pixel_format, frame_size, jpeg_quality, fb_count, fb_location, grab_mode;
};
struct camera_fb_t {
  std::uint8_t* buf;
  std::size_t len;
};

inline int esp_camera_init(const camera_config_t*) {
  return ESP_OK;
}

inline camera_fb_t* esp_camera_fb_get() {
  static std::string left = std::getenv("SKETCH_PICTURES");
  static std::string shown;
  static camera_fb_t frame;
  if (left.empty()) std::exit(0);
  const std::size_t end = std::min(left.find(':'), left.size());
  std::ifstream file(left.substr(0, end), std::ios::binary);
  shown.assign(std::istreambuf_iterator<char>(file), {});
  left.erase(0, end + 1);
  frame = {reinterpret_cast<std::uint8_t*>(shown.data()), shown.size()};
  return &frame;
}

inline void esp_camera_fb_return(camera_fb_t*) {}

extern "C" {
inline const std::uint8_t _binary_x509_crt_bundle_start[1] = {};
inline const std::uint8_t _binary_x509_crt_bundle_end[1] = {};
}

void setup();
void loop();

int main() {
  setup();
  for (;;) loop();
}
