#include "firmware/esp32/port/parallel_sensor.hpp"

#include <algorithm>
#include <cstring>
#include <esp_heap_caps.h>
#include <iterator>

#include <driver/gpio.h>
#include <freertos/FreeRTOS.h>
#include <freertos/task.h>

namespace heliograph::firmware {

namespace {

struct Size {
  std::string_view name;
  framesize_t size;
};
constexpr Size sizes[] = {
    {"320x240", FRAMESIZE_QVGA},   {"640x480", FRAMESIZE_VGA},    {"800x600", FRAMESIZE_SVGA},
    {"1024x768", FRAMESIZE_XGA},   {"1280x720", FRAMESIZE_HD},    {"1280x1024", FRAMESIZE_SXGA},
    {"1600x1200", FRAMESIZE_UXGA}, {"2048x1536", FRAMESIZE_QXGA}, {"2592x1944", FRAMESIZE_5MP}};
// What every one of them can do.
constexpr framesize_t usual_size = FRAMESIZE_UXGA;
// The same for a board without PSRAM, whose memory holds no more.
constexpr framesize_t small_size = FRAMESIZE_VGA;

constexpr std::string_view effects[] = {"none",    "negative", "black-and-white", "redish", "greenish",
                                        "blueish", "sepia"};
constexpr std::string_view balances[] = {"auto", "sunny", "cloudy", "office", "home"};

// Its place in a list of names; -1: none such.
template <std::size_t count>
int place_of(std::string_view name, const std::string_view (&names)[count]) {
  for (std::size_t i = 0; i < count; ++i) {
    if (names[i] == name) return static_cast<int>(i);
  }
  return -1;
}

const Size* find_size(std::string_view name) {
  const auto* found =
      std::find_if(std::begin(sizes), std::end(sizes), [&](const Size& size) { return size.name == name; });
  return found == std::end(sizes) ? nullptr : found;
}

bool has_psram() {
  return heap_caps_get_total_size(MALLOC_CAP_SPIRAM) > 0;
}

// Between the sensor's power going and coming, milliseconds: its capacitors empty.
constexpr TickType_t power_pause = pdMS_TO_TICKS(300);

// Sets one of the scales of -2 to 2, where it is set at all.
void set_level(sensor_t* sensor, int (*set)(sensor_t*, int), const std::optional<std::int64_t>& level) {
  if (set != nullptr && level) set(sensor, static_cast<int>(std::clamp<std::int64_t>(*level, -2, 2)));
}

}  // namespace

int jpeg_number(std::int64_t quality) {
  const std::int64_t worse = 100 - std::clamp<std::int64_t>(quality, 1, 100);
  return static_cast<int>(best_jpeg_number + worse * (worst_jpeg_number - best_jpeg_number) / 99);
}

bool ParallelSensor::start() {
  if (runs_) return true;
  power(true);
  camera_config_t config = {};
  config.pin_pwdn = no_pin;  // the board's own, above: the driver would leave it low for ever
  config.pin_reset = pins_.reset;
  config.pin_xclk = pins_.clock;
  config.pin_sccb_sda = pins_.sda;
  config.pin_sccb_scl = pins_.scl;
  config.pin_d0 = pins_.data[0];
  config.pin_d1 = pins_.data[1];
  config.pin_d2 = pins_.data[2];
  config.pin_d3 = pins_.data[3];
  config.pin_d4 = pins_.data[4];
  config.pin_d5 = pins_.data[5];
  config.pin_d6 = pins_.data[6];
  config.pin_d7 = pins_.data[7];
  config.pin_vsync = pins_.vsync;
  config.pin_href = pins_.href;
  config.pin_pclk = pins_.pixel_clock;
  config.xclk_freq_hz = sensor_clock_hz;
  config.ledc_timer = LEDC_TIMER_0;
  config.ledc_channel = LEDC_CHANNEL_0;
  config.pixel_format = PIXFORMAT_JPEG;
  // Memory is kept for the size that it begins with, so it begins with the largest.
  config.frame_size = has_psram() ? usual_size : small_size;
  config.jpeg_quality = best_jpeg_number;
  config.fb_location = has_psram() ? CAMERA_FB_IN_PSRAM : CAMERA_FB_IN_DRAM;
  // The newest of two: with one, a picture is as old as the interval.
  config.fb_count = has_psram() ? 2 : 1;
  config.grab_mode = has_psram() ? CAMERA_GRAB_LATEST : CAMERA_GRAB_WHEN_EMPTY;
  awake_.hold(true);
  if (esp_camera_init(&config) != ESP_OK) {
    awake_.hold(false);
    power(false);
    return false;
  }
  runs_ = true;
  if (!set_up()) return false;
  for (int i = 0; i < settling_pictures; ++i) {
    if (camera_fb_t* const picture = esp_camera_fb_get()) esp_camera_fb_return(picture);
  }
  return true;
}

bool ParallelSensor::set_up() {
  sensor_t* const sensor = esp_camera_sensor_get();
  if (sensor == nullptr) return false;
  const Size* wanted = find_size(settings_.resolution.view());
  framesize_t size = wanted != nullptr ? wanted->size : has_psram() ? usual_size : small_size;
  if (care_.smaller()) size = std::min(size, small_size);
  sensor->set_framesize(sensor, size);
  sensor->set_quality(sensor, jpeg_number(settings_.quality.value_or(80)));
  const bool upside_down = settings_.rotation.value_or(0) == 180;
  sensor->set_vflip(sensor, upside_down ? 1 : 0);
  sensor->set_hmirror(sensor, upside_down ? 1 : 0);
  const bool auto_exposure = settings_.auto_exposure.value_or(true);
  sensor->set_exposure_ctrl(sensor, auto_exposure ? 1 : 0);
  if (!auto_exposure && settings_.exposure_lines) {
    sensor->set_aec_value(sensor,
                          static_cast<int>(std::clamp<std::int64_t>(*settings_.exposure_lines, 0, 1200)));
  }
  const bool auto_gain = settings_.auto_iso.value_or(true);
  sensor->set_gain_ctrl(sensor, auto_gain ? 1 : 0);
  if (!auto_gain && settings_.iso_gain) {
    sensor->set_agc_gain(sensor, static_cast<int>(std::clamp<std::int64_t>(*settings_.iso_gain, 0, 30)));
  }
  set_level(sensor, sensor->set_ae_level, settings_.exposure_bias);
  set_level(sensor, sensor->set_brightness, settings_.brightness);
  set_level(sensor, sensor->set_contrast, settings_.contrast);
  set_level(sensor, sensor->set_saturation, settings_.saturation);
  set_level(sensor, sensor->set_sharpness, settings_.sharpness);
  sensor->set_wb_mode(sensor, std::max(0, place_of(settings_.white_balance.view(), balances)));
  sensor->set_special_effect(sensor, std::max(0, place_of(settings_.effect.view(), effects)));
  return true;
}

Complaint ParallelSensor::apply(const ImageSettings& settings) {
  if (!settings.resolution.empty() && find_size(settings.resolution.view()) == nullptr) {
    return Complaint("`resolution` is none of this camera's");
  }
  if (settings.rotation && *settings.rotation % 180 != 0) {
    return Complaint("`rotation` of this camera is 0 or 180");
  }
  if (!settings.white_balance.empty() && place_of(settings.white_balance.view(), balances) < 0) {
    return Complaint("`white_balance` is none of this camera's");
  }
  if (!settings.effect.empty() && place_of(settings.effect.view(), effects) < 0) {
    return Complaint("`effect` is none of this camera's");
  }
  settings_ = settings;
  if (runs_) set_up();
  return {};
}

CaptureStatus ParallelSensor::capture(std::uint8_t* out, std::size_t capacity, std::int64_t, Frame& frame) {
  if (!start()) return fail("the sensor does not answer");
  camera_fb_t* const picture = esp_camera_fb_get();  // waits for four seconds at most
  if (picture == nullptr) return fail("no picture came from the sensor");
  const std::size_t size = picture->len;
  const bool fits = size <= capacity;
  if (fits) std::memcpy(out, picture->buf, size);
  esp_camera_fb_return(picture);
  if (!fits) return fail("the picture is larger than the memory for it");
  care_.worked();
  frame = Frame{};
  frame.size = size;
  return CaptureStatus::ok;
}

CaptureStatus ParallelSensor::fail(const char* why) {
  error_ = why;
  switch (care_.failed(clock_.mono_ms())) {
    case SensorStep::none:
      break;
    case SensorStep::cycle_power:
      stop();
      vTaskDelay(power_pause);
      break;
    case SensorStep::restart_board:
      wants_restart_ = true;
      break;
  }
  return CaptureStatus::failed;
}

std::string_view ParallelSensor::name() const {
  const sensor_t* const sensor = runs_ ? esp_camera_sensor_get() : nullptr;
  if (sensor == nullptr) return "none";
  switch (sensor->id.PID) {
    case OV2640_PID:
      return "ov2640";
    case OV3660_PID:
      return "ov3660";
    case OV5640_PID:
      return "ov5640";
    default:
      return "other";
  }
}

void ParallelSensor::stop() {
  if (runs_) esp_camera_deinit();
  runs_ = false;
  awake_.hold(false);
  power(false);
}

void ParallelSensor::power(bool on) {
  if (pins_.power_down == no_pin) return;
  const auto pin = static_cast<gpio_num_t>(pins_.power_down);
  gpio_set_direction(pin, GPIO_MODE_OUTPUT);
  gpio_set_level(pin, on ? 0 : 1);
}

}  // namespace heliograph::firmware
