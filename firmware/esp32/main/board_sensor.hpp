// The sensor that the board's pins say it has, and what it can be set to.
#pragma once

#include "firmware/core/arducam/capabilities.hpp"
#include "firmware/core/arducam/mega.hpp"
#include "firmware/core/arducam/registers.hpp"
#include "firmware/esp32/boards/board.hpp"
#include "firmware/esp32/port/device_board.hpp"
#include "firmware/esp32/port/mega_supply.hpp"
#include "firmware/esp32/port/parallel_sensor.hpp"
#include "firmware/esp32/port/spi_device.hpp"

#include <optional>
#include <type_traits>

namespace heliograph::firmware {

class MegaOnBoard final : public SensorControl {
 public:
  explicit MegaOnBoard(Clock& clock, int power_pin = board_pins.mega_power)
      : supply_(open(power_pin)), camera_(spi_, clock, supply_ ? &*supply_ : nullptr) {
    constexpr std::int64_t start_limit_ms = 3'000;
    camera_.start(clock.mono_ms() + start_limit_ms);
    list_capabilities();
  }

  FrameSource& source() { return camera_; }
  Complaint apply(const ImageSettings& settings) override { return camera_.apply(settings); }
  std::string_view name() const override {
    return camera_.sensor() != nullptr ? camera_.sensor()->name : "none";
  }
  // It may be found later than at the start: when its wire is put back.
  std::string_view capabilities() const override {
    if (camera_.sensor() != listed_) list_capabilities();
    return capabilities_.view();
  }
  bool is_missing() const override { return camera_.sensor() == nullptr; }
  void stop() { camera_.rest(min_mega_off_ms); }
  bool wants_restart() const { return false; }

 private:
  std::optional<MegaSupply> open(int power_pin) {
    spi_.open(SPI3_HOST, board_pins.mega, mega::clock_hz);
    if (power_pin == no_pin) return std::nullopt;
    return std::optional<MegaSupply>(std::in_place, power_pin, spi_, board_pins.mega, mega::clock_hz);
  }

  void list_capabilities() const {
    const mega::Sensor* const sensor = camera_.sensor();
    listed_ = sensor;
    capabilities_.clear();
    if (sensor != nullptr) capabilities_.append(',').append(mega::settings_list(*sensor).view());
    capabilities_.append("],\"resolutions\":[");
    if (sensor != nullptr) capabilities_.append(mega::resolutions_list(*sensor).view());
    capabilities_.append("]}");
  }

  SpiDevice spi_;
  std::optional<MegaSupply> supply_;  // none: nobody has wired a switch
  ArducamMega camera_;
  mutable const mega::Sensor* listed_ = nullptr;
  mutable Text<2 * mega::ListText::max_size + 32> capabilities_;
};

class ParallelOnBoard final : public SensorControl {
 public:
  explicit ParallelOnBoard(Clock& clock) : sensor_(board_pins.parallel, clock) {}

  FrameSource& source() { return sensor_; }
  Complaint apply(const ImageSettings& settings) override { return sensor_.apply(settings); }
  std::string_view name() const override { return sensor_.name(); }
  std::string_view capabilities() const override {
    return R"(,"resolution","quality","rotation","auto_exposure","exposure_lines","exposure_bias","auto_iso",)"
           R"("iso_gain","white_balance","brightness","contrast","saturation","sharpness","effect"],)"
           R"("resolutions":["320x240","640x480","800x600","1024x768","1280x720","1280x1024","1600x1200"]})";
  }
  bool is_missing() const override { return false; }  // it is looked for with each picture
  void stop() { sensor_.stop(); }
  bool wants_restart() const { return sensor_.wants_restart(); }

 private:
  ParallelSensor sensor_;
};

using BoardSensor =
    std::conditional_t<board_pins.sensor == SensorKind::arducam_mega, MegaOnBoard, ParallelOnBoard>;

}  // namespace heliograph::firmware
