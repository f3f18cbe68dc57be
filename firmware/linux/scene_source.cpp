#include "firmware/linux/scene_source.hpp"

#include "firmware/linux/scene/noise.hpp"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <vector>

namespace heliograph::firmware {

namespace {

// The orchard's valley, degrees; each camera stands within a few hundred metres.
constexpr double valley_latitude = 46.4530;
constexpr double valley_longitude = 11.2580;

// Pixels: a picture that is smaller shows nothing.
constexpr int least_width = 64;

// Goes from -1 (at 4 in the morning) to 1 (at 4 in the afternoon) and back, as warmth and a solar battery do.
float warmth(float hour) {
  return std::sin(scene::pi * (hour - 10) / 12);
}

std::int64_t wall_or_mono_ms(const Clock& clock) {
  return clock.wall_ms().value_or(clock.mono_ms());
}

}  // namespace

SceneSource::SceneSource(const Clock& clock, const SceneOptions& options)
    : clock_(clock),
      options_(options),
      started_ms_(wall_or_mono_ms(clock)),
      jpeg_(tjInitCompress(), [](void* handle) { return tjDestroy(handle); }),
      form_{options.width, options.height, options.quality, 0, {}} {}

void SceneSource::set(const SceneForm& form) {
  const std::lock_guard lock(mutex_);
  form_ = form;
}

void SceneSource::prefer(const FrameWish& wish) {
  const std::lock_guard lock(mutex_);
  wish_ = wish;
}

SceneForm SceneSource::form() const {
  const std::lock_guard lock(mutex_);
  SceneForm form = form_;
  if (wish_.width > 0) {
    form.width = std::clamp(wish_.width, std::min(least_width, form_.width), form_.width);
    form.height = std::max(1, form.width * form_.height / form_.width);
  }
  if (wish_.quality > 0) form.quality = wish_.quality;
  return form;
}

std::size_t SceneSource::max_picture_size(const SceneOptions& options) {
  return tjBufSize(options.width, options.height, TJSAMP_420);
}

CaptureStatus SceneSource::capture(std::uint8_t* out, std::size_t capacity, std::int64_t, Frame& frame) {
  const SceneForm form = this->form();
  const bool upright = form.quarters % 2 == 0;
  const int width = upright ? form.width : form.height;
  const int height = upright ? form.height : form.width;
  if (capacity < tjBufSize(width, height, TJSAMP_420)) {
    error_ = "too little memory for a picture of this size";
    return CaptureStatus::failed;
  }
  if (!scene_ || scene_->width() != form.width || scene_->height() != form.height) {
    scene_ = std::make_unique<scene::Scene>(options_.seed, form.width, form.height);
  }
  const scene::Moment moment = now();
  const std::vector<std::uint8_t>* pixels = &scene_->draw(moment);
  if (!form.look.is_plain() || form.quarters != 0) {
    processed_ = *pixels;
    scene::apply(form.look, processed_);
    processed_ = scene::turned(processed_, form.width, form.height, form.quarters);
    pixels = &processed_;
  }
  unsigned long size = capacity;
  const int failed = tjCompress2(jpeg_.get(), pixels->data(), width, 0, height, TJPF_RGB, &out, &size,
                                 TJSAMP_420, form.quality, TJFLAG_NOREALLOC);
  if (failed != 0) {
    error_ = tjGetErrorStr2(jpeg_.get());
    return CaptureStatus::failed;
  }
  frame.size = size;
  frame.telemetry = telemetry(moment.hour);
  return CaptureStatus::ok;
}

// The hour follows the scene's own, faster clock; what moves keeps its pace.
scene::Moment SceneSource::now() const {
  const std::int64_t real_ms = wall_or_mono_ms(clock_);
  const auto passed_ms = static_cast<double>(real_ms - started_ms_);
  const auto scene_s =
      static_cast<std::time_t>((static_cast<double>(started_ms_) + passed_ms * options_.time_scale) / 1000);
  std::tm local{};
  localtime_r(&scene_s, &local);
  char caption[48];
  const std::size_t length = std::strftime(caption, sizeof caption, "%Y-%m-%d %H:%M:%S  #", &local);

  scene::Moment moment;
  moment.seconds = static_cast<double>(real_ms) / 1000;
  moment.hour =
      static_cast<float>(local.tm_hour) + static_cast<float>(local.tm_min * 60 + local.tm_sec) / 3600;
  moment.caption = std::string(caption, length) + std::to_string(options_.camera_number);
  return moment;
}

protocol::Telemetry SceneSource::telemetry(float hour) const {
  const auto place = [this](std::uint32_t salt) {
    return scene::chance(options_.seed + salt, options_.camera_number) - 0.5;
  };
  const float drift = scene::noise(options_.seed + 5, hour * 3, 0) - 0.5F;
  protocol::Telemetry telemetry;
  telemetry.battery_mv = std::lround(3'880 + 210 * warmth(hour) + 300 * place(1));
  telemetry.rssi_dbm = std::lround(-68 + 20 * place(2) + 8 * drift);
  telemetry.lat_e7 = std::llround((valley_latitude + 0.008 * place(3)) * 1e7);
  telemetry.lon_e7 = std::llround((valley_longitude + 0.012 * place(4)) * 1e7);
  telemetry.solar_mv = std::max(0L, std::lround(5'900 * warmth(hour + 4)));  // brightest at noon
  telemetry.temperature_mc = std::lround(16'000 + 7'500 * warmth(hour) + 1'500 * drift);
  return telemetry;
}

}  // namespace heliograph::firmware
