#include "firmware/linux/scene_look.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace heliograph::firmware {
namespace {

using scene::Effect;
using scene::Look;

// Exposure and gain by hand that show the scene as it is drawn.
constexpr float usual_lines = 1'000;
constexpr float usual_iso = 100;
// Noise of a gain of one stop above that, of 255.
constexpr float grain_a_stop = 6;
// What one step of a scale is.
constexpr float brightness_step = 20;
constexpr float contrast_step = 0.22F;
constexpr float saturation_step = 0.3F;

constexpr std::array<std::pair<std::string_view, Effect>, 8> effects{{
    {"none", Effect::none},
    {"negative", Effect::negative},
    {"black-and-white", Effect::black_and_white},
    {"sepia", Effect::sepia},
    {"redish", Effect::redish},
    {"greenish", Effect::greenish},
    {"blueish", Effect::blueish},
    {"yellowish", Effect::yellowish},
}};

struct Balance {
  std::string_view name;
  float red;
  float green;
  float blue;
};
// A balance that is for another light than the scene's shows that light's colour.
constexpr std::array<Balance, 5> balances{{
    {"auto", 1, 1, 1},
    {"sunny", 1.03F, 1, 0.97F},
    {"cloudy", 1.1F, 1, 0.88F},
    {"office", 0.88F, 0.98F, 1.12F},
    {"home", 0.75F, 0.95F, 1.3F},
}};

float steps(const std::optional<std::int64_t>& value) {
  return static_cast<float>(value.value_or(0));
}

// What is set by hand counts only where the camera does not decide by itself.
float gain_of(const ImageSettings& settings) {
  float gain = std::exp2(steps(settings.exposure_bias));
  if (!settings.auto_exposure.value_or(true) && settings.exposure_lines)
    gain *= steps(settings.exposure_lines) / usual_lines;
  if (!settings.auto_iso.value_or(true) && settings.iso_gain) gain *= steps(settings.iso_gain) / usual_iso;
  return gain;
}

float grain_of(const ImageSettings& settings) {
  if (settings.auto_iso.value_or(true) || !settings.iso_gain) return 0;
  return grain_a_stop * std::max(0.0F, std::log2(std::max(steps(settings.iso_gain), 1.0F) / usual_iso));
}

}  // namespace

std::string_view look_settings() {
  return R"("auto_exposure","exposure_lines","exposure_bias","auto_iso","iso_gain","white_balance","brightness",)"
         R"("contrast","saturation","effect")";
}

Complaint read_look(const ImageSettings& settings, Look& look) {
  if (settings.sharpness) return Complaint("`sharpness` is nothing that a drawing has");
  Look read;
  read.gain = gain_of(settings);
  read.grain = grain_of(settings);
  read.brightness = brightness_step * steps(settings.brightness);
  read.contrast = 1 + contrast_step * steps(settings.contrast);
  read.saturation = std::max(0.0F, 1 + saturation_step * steps(settings.saturation));
  if (!settings.white_balance.empty()) {
    const auto* found = std::find_if(balances.begin(), balances.end(), [&](const Balance& balance) {
      return balance.name == settings.white_balance.view();
    });
    if (found == balances.end()) return Complaint("`white_balance` is none of this camera's");
    read.red = found->red;
    read.green = found->green;
    read.blue = found->blue;
  }
  if (!settings.effect.empty()) {
    const auto* found = std::find_if(effects.begin(), effects.end(), [&](const auto& effect) {
      return effect.first == settings.effect.view();
    });
    if (found == effects.end()) return Complaint("`effect` is none of this camera's");
    read.effect = found->second;
  }
  look = read;
  return {};
}

}  // namespace heliograph::firmware
