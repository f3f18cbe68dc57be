// The board as the core sees it: what it is, what it measures, and what it can be set to.
#pragma once

#include "firmware/core/platform/board.hpp"
#include "firmware/core/platform/clock.hpp"
#include "firmware/esp32/boards/board_pins.hpp"
#include "firmware/esp32/port/status_light.hpp"
#include "firmware/esp32/port/supply_gauge.hpp"

#include <atomic>

namespace heliograph::firmware {

// The sensor's settings, whichever sensor it is.
class SensorControl {
 public:
  virtual Complaint apply(const ImageSettings& settings) = 0;
  virtual std::string_view name() const = 0;
  // What it can be set to: the rest of `capabilities`, from behind the list of the board's own settings on.
  // Valid until the next call.
  virtual std::string_view capabilities() const = 0;
  // No picture can be had, and none should be asked for.
  virtual bool is_missing() const = 0;

 protected:
  ~SensorControl() = default;
};

// What the board's network knows, told by its supervisor from another task.
struct NetworkReadings {
  std::atomic<int> signal_dbm{0};    // 0: unknown
  std::atomic<bool> has_fix{false};  // of the modem's GPS
  std::atomic<std::int32_t> lat_e7{0};
  std::atomic<std::int32_t> lon_e7{0};
};

// The agent's task, but for what says otherwise. Limits for a link are taken by whoever runs it.
class DeviceBoard final : public Board {
 public:
  struct Parts {
    SensorControl& sensor;
    const NetworkReadings& network;
    StatusLight& light;
    const Clock& clock;
    std::string_view firmware;
    protocol::ResetReason reset = protocol::ResetReason::unknown;
    void (*limit_live)(const LiveLimits& limits) = nullptr;  // null: it is not seen live
  };
  DeviceBoard(const BoardPins& pins, const Parts& parts);

  BoardFacts facts() const override;
  void measure(protocol::Telemetry& telemetry) const override;
  Complaint apply(const ImageSettings& settings) override { return parts_.sensor.apply(settings); }
  std::optional<std::size_t> free_block() const override;
  void limit_live(const LiveLimits& limits) override;
  void identify(std::int64_t seconds) override;

  // It may sleep deeply between its pictures. Any task.
  bool may_sleep() const { return may_sleep_; }
  // The month's data is not used up. Any task.
  bool may_send() const { return may_send_; }

 private:
  const BoardPins pins_;
  const Parts parts_;
  const SupplyGauge battery_;
  const SupplyGauge solar_;
  mutable Text<1024> capabilities_;  // as they were told last
  std::atomic<bool> may_sleep_{false};
  std::atomic<bool> may_send_{true};
};

}  // namespace heliograph::firmware
