#include "firmware/core/arducam/form.hpp"

#include "firmware/core/arducam/registers.hpp"

#include <cstdlib>

namespace heliograph::firmware::mega {
namespace {

// What every sensor has, and what most walls have room for.
constexpr std::string_view usual_resolution = "1600x1200";
// The camera knows three qualities: thirds of ours.
constexpr std::uint16_t high_quality = 0;
constexpr std::uint16_t usual_quality = 1;
constexpr std::uint16_t low_quality = 2;
constexpr std::int64_t high_from = 67;
constexpr std::int64_t usual_from = 34;

struct Code {
  std::string_view word;
  std::uint16_t value;
};
constexpr Code balances[] = {{"auto", 0}, {"sunny", 1}, {"office", 2}, {"cloudy", 3}, {"home", 4}};
// Arducam's header names no number of the last: it is taken from the place of its bit among those of the
// others.
constexpr std::string_view yellowish = "yellowish";
constexpr Code effects[] = {{"none", 0},  {"blueish", 1},  {"redish", 2},   {"black-and-white", 3},
                            {"sepia", 4}, {"negative", 5}, {"greenish", 6}, {yellowish, 9}};

// The registers of the first controls, in their order, which take a value as it is.
constexpr std::uint8_t plain_registers[] = {mega::format,        mega::resolution,    mega::quality,
                                            mega::rotation,      mega::white_balance, mega::effect,
                                            mega::brightness,    mega::contrast,      mega::saturation,
                                            mega::exposure_bias, mega::sharpness};

// Steps up and down by turns: 0 +1 -1 +2 -2 …
std::uint16_t steps(std::int64_t value) {
  return static_cast<std::uint16_t>(value > 0 ? 2 * value - 1 : -2 * value);
}

std::uint16_t quality_code(std::int64_t quality) {
  if (quality >= high_from) return high_quality;
  return quality >= usual_from ? usual_quality : low_quality;
}

// A gain of so many times, as the OV3640 writes it: four doublings, and sixteenths on top of them.
std::uint16_t gain_of_times(std::uint16_t times) {
  int doublings = 0;
  while (doublings < 4 && times >> (doublings + 1) != 0) ++doublings;
  const int doubled = ((1 << doublings) - 1) << 4;
  return static_cast<std::uint16_t>(doubled | ((times << 4 >> doublings) - 16));
}

bool same_shape(const Resolution& a, const Resolution& b) {
  // Within a hundredth: 2592x1936 is meant as 4:3.
  const std::int64_t one = static_cast<std::int64_t>(a.width) * b.height;
  const std::int64_t other = static_cast<std::int64_t>(b.width) * a.height;
  return std::llabs(one - other) * 100 <= one;
}

// The next one below of that shape; the same if there is none.
std::uint16_t next_smaller(std::uint16_t place, const Sensor& sensor) {
  const Resolution& from = sensor.resolutions[place];
  for (std::uint16_t below = place; below > 0;) {
    --below;
    if (same_shape(sensor.resolutions[below], from)) return below;
  }
  return place;
}

// One reading of settings for one sensor; the first complaint stands.
class Reading {
 public:
  Reading(const Sensor& sensor, Form& form) : sensor_(sensor), form_(form) {}

  // The value, or this where it is not set or not to be had.
  std::int64_t number(std::string_view key, const std::optional<std::int64_t>& value, std::int64_t least,
                      std::int64_t most, std::int64_t otherwise) {
    if (!value) return otherwise;
    if (*value >= least && *value <= most) return *value;
    Text<48> range;
    range.append("must be ").append_number(least).append(" to ").append_number(most).append(" here");
    complain(key, range.view());
    return otherwise;
  }
  void scale(std::string_view key, const std::optional<std::int64_t>& value, std::int64_t most,
             Control control) {
    form_[control] = steps(number(key, value, -most, most, 0));
  }
  template <std::size_t size>
  void word(std::string_view key, const ImageWord& value, const Code (&codes)[size], Control control) {
    if (value.empty()) return;
    for (const Code& code : codes) {
      if (code.word == value.view()) form_[control] = code.value;
    }
    if (form_[control] == 0 && value.view() != codes[0].word) complain(key, "is none of this camera's");
  }
  // By hand, and what of it counts.
  void by_hand(const std::optional<bool>& automatic, Control automatic_control, std::string_view key,
               const std::optional<std::int64_t>& value, std::int64_t most, Control control) {
    const auto wanted = static_cast<std::uint16_t>(number(key, value, 1, most, 0));
    form_[automatic_control] = automatic.value_or(true) ? 1 : 0;
    form_[control] = automatic.value_or(true) ? std::uint16_t{0} : wanted;
  }
  void resolution(std::string_view name) {
    const std::size_t place = find_resolution(sensor_, name.empty() ? usual_resolution : name);
    if (place == sensor_.resolution_count) return complain("resolution", "is none of this camera's");
    form_[Control::resolution] = static_cast<std::uint16_t>(place);
  }
  void complain(std::string_view key, std::string_view sentence) {
    if (complaint_.empty()) complaint_ = complaint_about(key, sentence);
  }

  const Complaint& complaint() const { return complaint_; }

 private:
  const Sensor& sensor_;
  Form& form_;
  Complaint complaint_;
};

}  // namespace

Complaint form_of(const ImageSettings& settings, const Sensor& sensor, Form& form) {
  Form read;
  Reading reading(sensor, read);
  read[Control::format] = format_jpeg;
  reading.resolution(settings.resolution.view());
  read[Control::quality] = quality_code(reading.number("quality", settings.quality, 1, 100, usual_from));
  const int rotation = settings.rotation.value_or(0);
  if (rotation % 180 != 0) reading.complain("rotation", "must be 0 or 180 here");
  read[Control::rotation] = rotation == 180 ? 1 : 0;
  reading.word("white_balance", settings.white_balance, balances, Control::white_balance);
  reading.word("effect", settings.effect, effects, Control::effect);
  if (settings.effect.view() == yellowish && !sensor.has_yellowish) {
    reading.complain("effect", "is none of this camera's");
  }
  reading.scale("brightness", settings.brightness, 4, Control::brightness);
  reading.scale("contrast", settings.contrast, 3, Control::contrast);
  reading.scale("saturation", settings.saturation, 3, Control::saturation);
  reading.scale("exposure_bias", settings.exposure_bias, 3, Control::exposure_bias);
  if (settings.sharpness && sensor.max_sharpness == 0) {
    reading.complain("sharpness", "is nothing that this sensor has");
  }
  read[Control::sharpness] =
      static_cast<std::uint16_t>(reading.number("sharpness", settings.sharpness, 0, sensor.max_sharpness, 0));
  reading.by_hand(settings.auto_exposure, Control::auto_exposure, "exposure_lines", settings.exposure_lines,
                  sensor.max_exposure_lines, Control::exposure_lines);
  reading.by_hand(settings.auto_iso, Control::auto_gain, "iso_gain", settings.iso_gain, sensor.max_gain,
                  Control::gain);
  if (reading.complaint().empty()) form = read;
  return reading.complaint();
}

Form wished(const Form& form, const FrameWish& wish, const Sensor& sensor) {
  Form seen = form;
  if (wish.quality > 0) seen[Control::quality] = quality_code(wish.quality);
  if (wish.width <= 0) return seen;
  const auto distance = [&](std::uint16_t place) {
    return std::abs(sensor.resolutions[place].width - wish.width);
  };
  std::uint16_t place = form[Control::resolution];
  for (std::uint16_t below = next_smaller(place, sensor); distance(below) < distance(place);
       below = next_smaller(place, sensor)) {
    place = below;
  }
  seen[Control::resolution] = place;
  return seen;
}

Form smaller(const Form& form, int steps, const Sensor& sensor) {
  Form less = form;
  for (; steps > 0; --steps) {
    if (less[Control::quality] < low_quality) {
      ++less[Control::quality];
    } else {
      less[Control::resolution] = next_smaller(less[Control::resolution], sensor);
    }
  }
  return less;
}

RegisterWrites writes_of(Control control, std::uint16_t value, const Sensor& sensor) {
  const auto low = static_cast<std::uint8_t>(value & 0xFF);
  const auto high = static_cast<std::uint8_t>(value >> 8);
  const auto automatic = [&](std::uint8_t which) {
    const auto told = static_cast<std::uint8_t>(which | (value != 0 ? automatic_on : 0));
    return RegisterWrites{{{{automatics, told}}}, 1, sensor.generation == Generation::third};
  };
  switch (control) {
    case Control::resolution:
      return {{{{mega::resolution, sensor.resolutions[value].code}}}, 1};
    case Control::auto_exposure:
      return automatic(automatic_exposure);
    case Control::auto_gain:
      return automatic(automatic_gain);
    case Control::exposure_lines:
      if (value == 0) return {};
      // Nobody needs bits 16 to 19; the older sensors want to be told so.
      if (sensor.generation == Generation::third) {
        return {{{{exposure_middle, high}, {exposure_low, low}}}, 2};
      }
      return {{{{exposure_high, 0}, {exposure_middle, high}, {exposure_low, low}}}, 3};
    case Control::gain: {
      if (value == 0) return {};
      const std::uint16_t gain = sensor.gain_by_times ? gain_of_times(value) : value;
      return {{{{gain_high, static_cast<std::uint8_t>(gain >> 8)},
                {gain_low, static_cast<std::uint8_t>(gain & 0xFF)}}},
              2};
    }
    default:
      return {{{{plain_registers[static_cast<std::size_t>(control)], low}}}, 1};
  }
}

}  // namespace heliograph::firmware::mega
