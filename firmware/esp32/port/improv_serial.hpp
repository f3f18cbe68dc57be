// Improv Wi-Fi on the board's serial line: a browser that has just flashed it tells it the network.
#pragma once

#include "firmware/esp32/decide/improv.hpp"
#include "firmware/esp32/port/link_events.hpp"
#include "firmware/esp32/port/settings_store.hpp"

#include <cstdint>
#include <optional>

namespace heliograph::firmware {

// A network that was not entered in so long is said to be none, milliseconds.
inline constexpr std::int64_t improv_patience_ms = 30'000;

struct ImprovFacts {
  std::string_view version;
  std::string_view chip;   // "ESP32-S3"
  std::string_view board;  // its name
};

// The serial line's other direction.
class SerialOut {
 public:
  virtual void write(std::string_view bytes) = 0;

 protected:
  ~SerialOut() = default;
};

// The supervisor's task.
class ImprovSerial {
 public:
  // All outlive this.
  ImprovSerial(SerialOut& out, SettingsStore& store, LinkEvents& events, const ImprovFacts& facts)
      : out_(out), store_(store), events_(events), facts_(facts) {}

  // What came over the line.
  void take(const std::uint8_t* data, std::size_t size, std::int64_t now_ms);
  // How the network is: `address` is the board's own, empty while it has none.
  void look(std::string_view address, std::int64_t now_ms);

 private:
  void obey(const ImprovRequest& request, std::int64_t now_ms);
  void say_state();
  void say_page(ImprovCommand command);
  void say_error(ImprovError error);
  void say_result(ImprovCommand command, const std::string_view* texts, std::size_t count);

  SerialOut& out_;
  SettingsStore& store_;
  LinkEvents& events_;
  const ImprovFacts facts_;
  ImprovReader reader_;
  ImprovPacket packet_;
  ImprovState state_ = ImprovState::ready;
  Text<16> address_;
  std::optional<std::int64_t> tries_until_ms_;
  bool was_down_ = true;  // the network, since another one was entered
};

}  // namespace heliograph::firmware
