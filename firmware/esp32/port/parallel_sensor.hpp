// A sensor on the chip's parallel port (OV2640, OV3660, OV5640), through Espressif's driver: pictures,
// settings, and what is done when none come.
#pragma once

#include "firmware/core/platform/board.hpp"
#include "firmware/core/platform/clock.hpp"
#include "firmware/core/platform/frame_source.hpp"
#include "firmware/esp32/boards/board_pins.hpp"
#include "firmware/esp32/decide/sensor_care.hpp"
#include "firmware/esp32/port/awake_lock.hpp"

#include <atomic>
#include <esp_camera.h>

namespace heliograph::firmware {

// Hz of the sensor's clock: at 20 MHz the port of the classic ESP32 loses bytes of large pictures.
inline constexpr int sensor_clock_hz = 16'000'000;
// Of the driver's scale, where less is better: below, a picture grows past the memory that is kept for it.
inline constexpr int best_jpeg_number = 10;
inline constexpr int worst_jpeg_number = 63;
// Pictures after the sensor's start that show how it finds its exposure.
inline constexpr int settling_pictures = 2;

// It is stopped for a rest of so long, milliseconds: to find its exposure again takes it a second or two.
inline constexpr std::int64_t min_parallel_off_ms = 20'000;

// The driver's number for a JPEG quality of 1 to 100. Pure.
int jpeg_number(std::int64_t quality);

// One task at a time.
class ParallelSensor final : public FrameSource {
 public:
  ParallelSensor(const SensorPins& pins, const Clock& clock)
      : pins_(pins), clock_(clock), care_(clock.mono_ms()) {}
  ParallelSensor(const ParallelSensor&) = delete;
  ParallelSensor& operator=(const ParallelSensor&) = delete;
  ~ParallelSensor() { stop(); }

  CaptureStatus capture(std::uint8_t* out, std::size_t capacity, std::int64_t deadline_ms,
                        Frame& frame) override;
  bool can_retake() const override { return true; }
  void rest(std::int64_t for_ms) override {
    if (for_ms >= min_parallel_off_ms) stop();
  }
  std::string_view error_text() const override { return error_; }

  // From the next picture on.
  Complaint apply(const ImageSettings& settings);
  // "ov2640"; "none" while no sensor was found.
  std::string_view name() const;
  // Gives its memory and its interrupt back: before an update, a deep sleep, a restart.
  void stop();
  // It has not helped to cycle its power.
  bool wants_restart() const { return wants_restart_; }

 private:
  bool start();
  bool set_up();
  void power(bool on);
  CaptureStatus fail(const char* why);

  const SensorPins pins_;
  const Clock& clock_;
  SensorCare care_;
  ImageSettings settings_;
  bool runs_ = false;
  AwakeLock awake_{"sensor"};  // while it runs: its clock, and its pictures' way to memory
  std::atomic<bool> wants_restart_{false};
  const char* error_ = "";
};

}  // namespace heliograph::firmware
