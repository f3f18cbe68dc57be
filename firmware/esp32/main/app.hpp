// The camera's program: builds every part in order, and runs them in three tasks.
//
// agent       takes pictures, keeps them, sends them, obeys (core/agent.hpp)
// link        is seen live (core/link_client.hpp)
// supervisor  network, portal, light, watchdog: this class's run()
#pragma once

#include "firmware/core/agent.hpp"
#include "firmware/core/link_client.hpp"
#include "firmware/core/live_gate.hpp"
#include "firmware/esp32/decide/vitals.hpp"
#include "firmware/esp32/main/absent_sensor.hpp"
#include "firmware/esp32/main/board_sensor.hpp"
#include "firmware/esp32/main/slabs.hpp"
#include "firmware/esp32/port/access_point.hpp"
#include "firmware/esp32/port/board_clock.hpp"
#include "firmware/esp32/port/board_lock.hpp"
#include "firmware/esp32/port/board_storage.hpp"
#include "firmware/esp32/port/board_trust.hpp"
#include "firmware/esp32/port/device_board.hpp"
#include "firmware/esp32/port/doze.hpp"
#include "firmware/esp32/port/hardware_random.hpp"
#include "firmware/esp32/port/improv_serial.hpp"
#include "firmware/esp32/port/locked_control.hpp"
#include "firmware/esp32/port/locked_source.hpp"
#include "firmware/esp32/port/name_server.hpp"
#include "firmware/esp32/port/network.hpp"
#include "firmware/esp32/port/ota_slots.hpp"
#include "firmware/esp32/port/portal.hpp"
#include "firmware/esp32/port/retained_memory.hpp"
#include "firmware/esp32/port/serial_log.hpp"
#include "firmware/esp32/port/socket_stream.hpp"
#include "firmware/esp32/port/sodium_crypto.hpp"
#include "firmware/esp32/port/task_reach.hpp"

#include <optional>

namespace heliograph::firmware {

// The portal is open for so long after somebody asked for it, milliseconds.
inline constexpr std::int64_t portal_window_ms = 600'000;
// So long a board stays in safe mode before it tries again, milliseconds: whoever sees it at the server has
// time to send it another program.
inline constexpr std::int64_t safe_mode_ms = 3'600'000;
// The button has to be held for so long to open it, milliseconds.
inline constexpr std::int64_t button_hold_ms = 5'000;

class App final : private LongWait, private PictureTaker, private SerialOut {
 public:
  App();
  App(const App&) = delete;
  App& operator=(const App&) = delete;

  // The supervisor's task. Does not return.
  [[noreturn]] void run();

 private:
  // What begins anew when the agent does.
  struct Life {
    Life(App& app, const AgentConfig& config);
    Agent agent;
  };

  bool stands_alone() const { return settings_.server.empty(); }
  FrameSource& source() { return sensor_ ? sensor_->source() : absent_; }
  SensorControl& sensor_control() { return sensor_ ? static_cast<SensorControl&>(*sensor_) : absent_; }
  AgentConfig agent_config() const;
  Server server() const;
  std::int64_t first_capture_ms() const;

  // The agent's task.
  static void run_agent(void* self);
  static void run_link(void* self);
  void live();

  // The supervisor's.
  void look_at_portal(std::int64_t now_ms);
  void look_at_button(std::int64_t now_ms);
  void look_at_serial(std::int64_t now_ms);
  void look_at_storage();
  void look_at_retained(std::int64_t now_ms);
  std::int64_t look_at_doze(std::int64_t now_ms);
  bool server_has_changed();
  void show_state(std::int64_t now_ms);
  [[noreturn]] void restart();
  [[noreturn]] void sleep_deeply();

  void about_to_wait(std::int64_t until_ms) override;  // the agent's task
  void waited() override { waits_until_s_ = 0; }       // the same
  Bytes take_picture() override;                       // the HTTP server's task
  std::string_view error_text() const override { return picture_error_.view(); }
  void write(std::string_view bytes) override;

  const protocol::ResetReason reset_;
  Retained retained_;
  const BootVerdict verdict_;
  const std::int64_t planned_capture_ms_;  // system time, since before a deep sleep; 0: none
  HardwareRandom random_;
  KnownTime time_;
  BoardClock clock_;
  SettingsStore store_;
  const Settings settings_;  // as they were at the start: others need a restart, but for the network's
  Settings own_;             // the agent's: it may get itself a key
  BoardSettingsText server_before_;  // what of them does
  unsigned settings_seen_ = 0;
  StatusLight light_;
  Doze doze_;
  SdCard card_;
  Slabs slabs_;
  Vitals vitals_;
  BoardStorage storage_;
  Album album_;
  StateText state_;
  char authority_[max_nvs_value];
  std::string_view authority_pem_;
  BoardTrust trust_;
  LinkEvents events_;
  WifiStation wifi_;
  std::optional<Modem> modem_;
  std::optional<Network> network_;
  AccessPoint access_point_;
  Portal portal_;
  NameServer name_server_;
  ImprovSerial improv_;
  BoardClock sensor_clock_;  // of its own: whoever takes a picture sleeps on it
  AbsentSensor absent_;
  std::optional<BoardSensor> sensor_;  // none: safe mode
  BoardLock sensor_lock_;
  LockedControl control_;
  LockedSource agent_source_;
  LockedSource link_source_;
  SodiumCrypto crypto_;
  SerialLog log_;
  Traffic traffic_;
  TaskReach agent_reach_;
  TaskReach link_reach_;
  SocketStream agent_socket_;
  WatchedStream agent_watched_;
  MeteredStream agent_stream_;
  SocketStream link_socket_;
  WatchedStream link_watched_;
  MeteredStream link_stream_;
  BoardClock link_clock_;
  BoardLock mail_lock_;
  LinkMail mail_;
  LiveGate gate_;
  std::optional<LinkClient> link_;
  NetworkReadings readings_;
  DeviceBoard board_;
  OtaSlots slots_;
  std::optional<Life> life_;
  BoardLock life_lock_;  // guards that `life_` becomes another
  Text<96> picture_error_;
  std::atomic<bool> wants_restart_{false};
  std::int64_t capture_after_sleep_ms_ = 0;      // system time; told before the next is set
  std::atomic<std::uint32_t> sleep_s_{0};        // 0: it stays awake
  std::atomic<std::uint32_t> waits_until_s_{0};  // the agent; 0: it is at work
  std::int64_t portal_until_ms_ = 0;
  std::int64_t pressed_since_ms_ = -1;
};

}  // namespace heliograph::firmware
