#include "firmware/esp32/main/app.hpp"

#include "firmware/esp32/decide/deep_sleep.hpp"
#include "firmware/esp32/decide/doze.hpp"
#include "firmware/esp32/main/firmware_keys.hpp"
#include "firmware/esp32/main/own_names.hpp"
#include "firmware/esp32/port/claimant.hpp"
#include "firmware/esp32/port/held_pins.hpp"
#include "firmware/esp32/port/reset_reason.hpp"
#include "firmware/esp32/port/system_time.hpp"
#include "firmware/esp32/port/watchdog.hpp"

#include <algorithm>
#include <cstdio>
#include <esp_log.h>
#include <esp_netif_sntp.h>
#include <esp_sleep.h>
#include <esp_system.h>
#include <unistd.h>

#include <driver/gpio.h>
#include <freertos/task.h>

namespace heliograph::firmware {

namespace {

// Bytes of stack: a TLS handshake takes eight thousand of them.
constexpr std::uint32_t agent_stack = 16'384;
constexpr std::uint32_t link_stack = 14'336;
constexpr UBaseType_t agent_priority = 5;
constexpr UBaseType_t link_priority = 4;
// The supervisor looks at portal, light and button so often while the chip is awake, milliseconds.
constexpr std::int64_t look_ms = 100;
// A month's pictures are not lost by a full card: the oldest go first, and the card keeps a tenth for itself.
constexpr std::uint64_t card_share_percent = 90;
constexpr std::int64_t usual_interval_ms = 60'000;
constexpr std::int64_t usual_heartbeat_ms = 60'000;

App* the_app = nullptr;  // for functions of C that are handed nothing

// What of the settings needs a restart when it is another.
BoardSettingsText without_wifi(Settings settings) {
  settings.wifi = settings.wifi_before = WifiAccess{};
  settings.wifi_starts = 0;
  BoardSettingsText text;
  write_settings(settings, text);
  return text;
}

}  // namespace

App::Life::Life(App& app, const AgentConfig& config)
    : agent(Platform{app.clock_, app.random_, app.agent_stream_, app.agent_source_, app.storage_, app.log_,
                     app.crypto_, app.board_, app.traffic_, app.link_ ? &app.mail_ : nullptr, &app.slots_,
                     &app.trust_},
            config, app.slabs_.agent) {}

App::App()
    : reset_(reset_reason_of(esp_reset_reason())),
      retained_(load_retained()),
      verdict_(begin_boot(retained_, reset_)),
      planned_capture_ms_(reset_ == protocol::ResetReason::deep_sleep ? retained_.next_capture_ms : 0),
      time_(retained_.clock_known != 0 && reset_ == protocol::ResetReason::deep_sleep),
      clock_(time_),
      settings_(store_.load()),
      own_(settings_),
      server_before_(without_wifi(settings_)),
      light_(board_pins.light, board_pins.light_is_inverted),
      card_(board_pins.card, "/sd"),
      storage_(card_, slabs_.memory, clock_, vitals_),
      album_("/sd"),
      authority_pem_(store_.load_authority(authority_, sizeof authority_)),
      trust_(store_, authority_pem_),
      wifi_(events_),
      access_point_(network_name().view(), network_password(random_).view()),
      portal_({store_, events_, state_, stands_alone() ? &album_ : nullptr, stands_alone() ? this : nullptr}),
      improv_(*this, store_, events_, {HELIOGRAPH_VERSION, CONFIG_IDF_TARGET, board_pins.name}),
      sensor_clock_(time_),
      sensor_(verdict_.safe_mode ? std::nullopt : std::optional<BoardSensor>(std::in_place, sensor_clock_)),
      control_(sensor_control(), sensor_lock_),
      agent_source_(source(), sensor_lock_),
      link_source_(source(), sensor_lock_),
      agent_reach_(events_, vitals_, clock_, TaskName::agent),
      link_reach_(events_, vitals_, clock_, std::nullopt),
      agent_socket_(clock_, trust_),
      agent_watched_(agent_socket_, agent_reach_),
      agent_stream_(agent_watched_, traffic_),
      link_socket_(clock_, trust_),
      link_watched_(link_socket_, link_reach_),
      link_stream_(link_watched_, traffic_),
      link_clock_(time_),
      mail_(clock_, link_stream_, mail_lock_),
      gate_(link_source_, link_clock_),
      board_(board_pins,
             {control_, readings_, light_, clock_, HELIOGRAPH_VERSION, reset_, [](const LiveLimits& limits) {
                the_app->gate_.limit(limits);
                if (the_app->link_) the_app->link_->hold(!limits.linked);
              }}) {
  the_app = this;
  save_retained(retained_);
  clock_.lend_long_waits(this);
}

Server App::server() const {
  const ServerAddress& address = own_.server;
  return {address.host.view(), address.port, address.tls, address.base_path.view(), own_.key.view()};
}

// A board that woke from deep sleep goes on with the schedule that it had.
std::int64_t App::first_capture_ms() const {
  const std::int64_t wait_ms = planned_capture_ms_ > 0 ? planned_capture_ms_ - system_time_ms() : 0;
  return clock_.mono_ms() + std::max<std::int64_t>(0, wait_ms);
}

AgentConfig App::agent_config() const {
  AgentConfig config;
  config.server = server();
  config.schedule.interval_ms = usual_interval_ms;
  config.schedule.heartbeat_ms = usual_heartbeat_ms;
  const std::uint64_t room =
      card_.is_mounted() ? card_.size() * card_share_percent / 100 : slabs_.memory.size;
  config.max_spool_bytes = room;
  config.update.model = board_pins.model;
  config.update.version = HELIOGRAPH_VERSION;
  config.update.security = CONFIG_HELIOGRAPH_SECURITY_NUMBER;
  read_firmware_keys(CONFIG_HELIOGRAPH_FIRMWARE_KEYS, config.update);
  return config;
}

void App::run() {
  release_pins(board_pins);
  keep_pins(board_pins);
  if (board_pins.button != no_pin) {
    gpio_set_direction(static_cast<gpio_num_t>(board_pins.button), GPIO_MODE_INPUT);
  }
  // One load after the other: the card, and then whatever the network begins with.
  card_.mount();
  if (stands_alone()) album_.open();
  vTaskDelay(pdMS_TO_TICKS(load_gap_ms));
  wifi_.open();
  if (board_pins.has_modem()) {
    modem_.emplace(board_pins.modem, settings_.apn.view(), settings_.pin.view(), events_);
    modem_->open();
  }
  NetworkStart start;
  start.settings = settings_;
  start.interval_ms = usual_interval_ms;
  start.outage_restarts = retained_.outage_restarts;
  start.low_load = verdict_.low_load;
  // A board that sleeps cannot wait for Wi-Fi: it asks the modem when Wi-Fi was away the last time, too.
  if (retained_.wakes_without_wifi > 0) start.wifi_patience_ms = 0;
  network_.emplace(
      NetworkPlatform{clock_, time_, random_, events_, wifi_, modem_ ? &*modem_ : nullptr, store_}, start);
  esp_sntp_config_t sntp = ESP_NETIF_SNTP_DEFAULT_CONFIG("pool.ntp.org");
  sntp.sync_cb = [](timeval*) { the_app->time_.was_set_by_ntp(); };
  esp_netif_sntp_init(&sntp);
  if (stands_alone() || settings_.wifi.empty()) portal_until_ms_ = clock_.mono_ms() + portal_window_ms;

  Watchdog watchdog(vitals_);
  if (!stands_alone()) {
    xTaskCreate(&App::run_agent, "agent", agent_stack, this, agent_priority, nullptr);
  }
  for (std::int64_t patience_ms = look_ms;;) {
    network_->run_once(patience_ms);
    const std::int64_t now_ms = clock_.mono_ms();
    vitals_.progress(TaskName::supervisor, now_ms);
    watchdog.look(now_ms);
    look_at_portal(now_ms);
    look_at_button(now_ms);
    look_at_serial(now_ms);
    look_at_storage();
    look_at_retained(now_ms);
    show_state(now_ms);
    patience_ms = look_at_doze(now_ms);
    if (sleep_s_ > 0) sleep_deeply();
    const bool was_safe = verdict_.safe_mode && now_ms >= safe_mode_ms;
    const bool sensor_fails = sensor_ && sensor_->wants_restart();
    if (wants_restart_ || network_->wants_restart() || sensor_fails || was_safe || server_has_changed()) {
      restart();
    }
  }
}

void App::run_agent(void* self) {
  static_cast<App*>(self)->live();
  vTaskDelete(nullptr);
}

void App::run_link(void* self) {
  static_cast<App*>(self)->link_->run();
  vTaskDelete(nullptr);
}

void App::live() {
  vitals_.progress(TaskName::agent, clock_.mono_ms());
  const ShowSentence show = [](std::string_view sentence) {
    the_app->state_.set(sentence);
    ESP_LOGI("camera", "%.*s", static_cast<int>(sentence.size()), sentence.data());
  };
  if (!own_.claimed && !claim({clock_, random_, agent_stream_, store_}, own_, board_pins.name, show)) {
    vitals_.ended(TaskName::agent);
    return;
  }
  if (slabs_.link.size > 0 && !verdict_.safe_mode) {
    link_.emplace(LinkPlatform{link_clock_, random_, link_stream_, gate_, log_, crypto_, mail_}, server(),
                  slabs_.link);
    xTaskCreate(&App::run_link, "link", link_stack, this, link_priority, nullptr);
  }
  AgentConfig config = agent_config();
  config.schedule.first_capture_ms = first_capture_ms();
  for (;;) {
    {
      const Guard guard(life_lock_);
      life_.reset();  // gives the spool back first
      life_.emplace(*this, config);
    }
    const bool opened = life_->agent.run();
    if (life_->agent.wants_restart() || life_->agent.wants_other_program()) break;
    if (!opened) clock_.sleep_until(clock_.mono_ms() + card_retry_ms);
    config.schedule.first_capture_ms = clock_.mono_ms();
  }
  vitals_.ended(TaskName::agent);
  wants_restart_ = true;
}

void App::look_at_portal(std::int64_t now_ms) {
  if (network_->wants_portal() && !portal_.is_open()) portal_until_ms_ = now_ms + bad_password_portal_ms;
  const bool wanted = stands_alone() || now_ms < portal_until_ms_;
  if (wanted && !portal_.is_open()) {
    if (access_point_.open()) name_server_.open();
    portal_.open();
  }
  if (!wanted && portal_.is_open()) {
    portal_.close();
    name_server_.close();
    access_point_.close();
  }
  name_server_.answer_all();
}

void App::look_at_button(std::int64_t now_ms) {
  if (board_pins.button == no_pin) return;
  const bool pressed = gpio_get_level(static_cast<gpio_num_t>(board_pins.button)) == 0;
  if (!pressed) pressed_since_ms_ = -1;
  if (pressed && pressed_since_ms_ < 0) pressed_since_ms_ = now_ms;
  if (pressed && now_ms - pressed_since_ms_ >= button_hold_ms) portal_until_ms_ = now_ms + portal_window_ms;
}

void App::look_at_serial(std::int64_t now_ms) {
  std::uint8_t bytes[64];
  const ssize_t got = ::read(STDIN_FILENO, bytes, sizeof bytes);  // does not wait: main.cpp
  if (got > 0) improv_.take(bytes, static_cast<std::size_t>(got), now_ms);
  improv_.look(wifi_.address().view(), now_ms);
}

void App::look_at_storage() {
  const Guard guard(life_lock_);
  if (life_ && storage_.wants_reopen()) life_->agent.stop();
}

void App::look_at_retained(std::int64_t now_ms) {
  Retained now = retained_;
  if (now_ms >= crash_free_ms) survived(now);
  now.outage_restarts = network_->outage_restarts();
  now.clock_known = time_.source() != TimeSource::nobody ? 1 : 0;
  if (!wifi_.address().empty()) now.wakes_without_wifi = 0;
  if (checksum_of(now) == checksum_of(retained_)) return;
  retained_ = now;
  save_retained(retained_);
}

// How long the supervisor may wait for news.
std::int64_t App::look_at_doze(std::int64_t now_ms) {
  const std::int64_t waits_until_ms = std::int64_t{waits_until_s_} * 1000;
  DozeView view;
  view.may_sleep = board_.may_sleep();
  view.wifi_is_up = !wifi_.address().empty();
  view.modem_is_off = network_->modem_is_off();
  view.portal_is_open = portal_.is_open();
  view.light_blinks = light_.identifies(now_ms);
  view.woke_from_sleep = reset_ == protocol::ResetReason::deep_sleep;
  view.up_ms = now_ms;
  view.wait_ms = std::max<std::int64_t>(0, waits_until_ms - now_ms);
  const std::int64_t for_ms = doze_ms(view);
  doze_.allow(for_ms > 0);
  return for_ms > 0 ? std::min(for_ms, doze_look_ms) : look_ms;
}

void App::show_state(std::int64_t now_ms) {
  readings_.signal_dbm = network_->signal_dbm();
  const auto fix = network_->fix();
  if (fix) {
    readings_.lat_e7 = static_cast<std::int32_t>(fix->lat_e7);
    readings_.lon_e7 = static_cast<std::int32_t>(fix->lon_e7);
  }
  readings_.has_fix = fix.has_value();
  network_->spare_modem(!board_.may_send());
  network_->keep_awake(gate_.is_watched());
  const LightSign sign = portal_.is_open()   ? LightSign::portal
                         : network_->is_up() ? LightSign::dark
                                             : LightSign::offline;
  light_.show(sign, now_ms);
}

bool App::server_has_changed() {
  if (store_.authorities_saved() > 0) return true;  // whom it trusts, it looks up at its start
  if (network_->settings_taken() == settings_seen_) return false;
  settings_seen_ = network_->settings_taken();
  return without_wifi(store_.load()).view() != server_before_.view();
}

void App::restart() {
  const Guard guard(sensor_lock_);  // nobody takes a picture any more
  if (sensor_) sensor_->stop();     // a driver that still fills memory meanwhile has crashed boards
  esp_restart();
}

// In the place of a long wait of the agent. The supervisor puts the board to sleep: it has the modem.
void App::about_to_wait(std::int64_t until_ms) {
  const std::int64_t now_ms = clock_.mono_ms();
  vitals_.waits(TaskName::agent, now_ms, until_ms);
  waits_until_s_ = static_cast<std::uint32_t>(until_ms / 1000);
  SleepView view;
  view.may_sleep = board_.may_sleep();
  view.is_provisioned = own_.claimed;
  view.portal_is_open = portal_.is_open();
  view.on_trial = slots_.facts().on_trial || !settings_.wifi_before.empty();
  view.in_memory = !storage_.on_card() && life_ && life_->agent.waiting() > 0;
  view.woke_from_sleep = reset_ == protocol::ResetReason::deep_sleep;
  view.up_ms = now_ms;
  view.wait_ms = until_ms - now_ms;
  const std::int64_t sleep_ms = deep_sleep_ms(view);
  if (sleep_ms == 0 || !life_) return;
  capture_after_sleep_ms_ =
      system_time_ms() + std::max<std::int64_t>(0, life_->agent.next_capture_ms() - now_ms);
  sleep_s_ = static_cast<std::uint32_t>(sleep_ms / 1000);
  for (;;) vTaskDelay(portMAX_DELAY);
}

void App::sleep_deeply() {
  Retained now = retained_;
  now.next_capture_ms = capture_after_sleep_ms_;
  now.wakes_without_wifi = wifi_.address().empty() ? now.wakes_without_wifi + 1 : 0;
  save_retained(now);
  const Guard guard(sensor_lock_);  // nobody takes a picture any more
  if (sensor_) sensor_->stop();
  card_.unmount();
  if (modem_) modem_->carry_out(LteStep::Kind::turn_off);
  hold_pins(board_pins);
  esp_sleep_enable_timer_wakeup(std::uint64_t{sleep_s_} * 1'000'000);
  esp_deep_sleep_start();
}

Bytes App::take_picture() {
  Frame frame;
  const CaptureStatus status =
      agent_source_.capture(slabs_.agent.data, slabs_.agent.size, clock_.mono_ms() + capture_limit_ms, frame);
  picture_error_ = Text<96>(agent_source_.error_text());
  return status == CaptureStatus::ok ? Bytes{slabs_.agent.data, frame.size} : Bytes{};
}

void App::write(std::string_view bytes) {
  std::fwrite(bytes.data(), 1, bytes.size(), stdout);
  std::fflush(stdout);
}

}  // namespace heliograph::firmware
