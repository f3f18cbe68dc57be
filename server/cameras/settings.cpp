#include "server/cameras/settings.hpp"

#include <algorithm>
#include <array>
#include <span>

#include <boost/json.hpp>

namespace heliograph::cameras {
namespace {

using Kind = Setting::Kind;

// Whose sensor has a setting.
enum class Family { any, mega, esp };

struct Rule {
  std::string_view key;
  Family family = Family::any;
  Kind kind = Kind::number;
  std::string_view unit = {};
  std::int64_t least = 0;
  std::int64_t most = 0;
  std::span<const std::string_view> words = {};
};

constexpr std::string_view sleep_words[] = {"awake", "light", "deep"};
constexpr std::string_view rotation_words[] = {"0", "90", "180", "270"};
constexpr std::string_view resolution_words[] = {"320x240",   "640x480",   "800x600",   "1024x768",
                                                 "1280x720",  "1280x1024", "1600x1200", "1920x1080",
                                                 "2048x1536", "2592x1944"};
constexpr std::string_view mega_balance_words[] = {"auto", "sunny", "office", "cloudy", "home"};
constexpr std::string_view mega_effect_words[] = {"none",  "blueish",  "redish",   "black-and-white",
                                                  "sepia", "negative", "greenish", "yellowish"};
constexpr std::string_view esp_balance_words[] = {"auto", "sunny", "cloudy", "office", "home"};
constexpr std::string_view esp_effect_words[] = {
    "none", "negative", "black-and-white", "redish", "greenish", "blueish", "sepia"};

// In the order in which a person reads them. The ranges of the sensors are those of ArducamCamera.h and of
// esp_camera's sensor_t; an exposure in lines of the sensor, where it is set by hand.
constexpr Rule rules[] = {
    {"interval_s", Family::any, Kind::number, "s", 1, 86'400},
    {"active_from_min", Family::any, Kind::number, "min", 0, protocol::minutes_a_day - 1},
    {"active_to_min", Family::any, Kind::number, "min", 0, protocol::minutes_a_day - 1},
    {"daylight_only", Family::any, Kind::flag},
    {"time_zone_min", Family::any, Kind::number, "min", -720, 840},
    {"resolution", Family::any, Kind::word, {}, 0, 0, resolution_words},
    {"quality", Family::any, Kind::number, {}, 1, 100},
    {"rotation", Family::any, Kind::word, {}, 0, 0, rotation_words},
    {"sleep", Family::any, Kind::word, {}, 0, 0, sleep_words},
    {"live_max_fps", Family::any, Kind::number, "1/s", 1, 30},
    {"live_max_kbps", Family::any, Kind::number, "kbit/s", 16, 20'000},
    {"monthly_budget_mb", Family::any, Kind::number, "MB", 1, 1'000'000},

    {"auto_exposure", Family::mega, Kind::flag},
    {"exposure_lines", Family::mega, Kind::number, {}, 1, 30'000},
    {"exposure_bias", Family::mega, Kind::number, {}, -3, 3},
    {"auto_iso", Family::mega, Kind::flag},
    {"iso_gain", Family::mega, Kind::number, {}, 1, 1023},
    {"white_balance", Family::mega, Kind::word, {}, 0, 0, mega_balance_words},
    {"brightness", Family::mega, Kind::number, {}, -4, 4},
    {"contrast", Family::mega, Kind::number, {}, -3, 3},
    {"saturation", Family::mega, Kind::number, {}, -3, 3},
    {"sharpness", Family::mega, Kind::number, {}, 0, 8},
    {"effect", Family::mega, Kind::word, {}, 0, 0, mega_effect_words},

    {"auto_exposure", Family::esp, Kind::flag},
    {"exposure_lines", Family::esp, Kind::number, {}, 0, 1200},
    {"exposure_bias", Family::esp, Kind::number, {}, -2, 2},
    {"auto_iso", Family::esp, Kind::flag},
    {"iso_gain", Family::esp, Kind::number, {}, 0, 30},
    {"white_balance", Family::esp, Kind::word, {}, 0, 0, esp_balance_words},
    {"brightness", Family::esp, Kind::number, {}, -2, 2},
    {"contrast", Family::esp, Kind::number, {}, -2, 2},
    {"saturation", Family::esp, Kind::number, {}, -2, 2},
    {"effect", Family::esp, Kind::word, {}, 0, 0, esp_effect_words},
};

// Sensors that esp_camera drives are called after their makers' parts.
constexpr std::array<std::string_view, 5> esp_sensors{"ov", "gc", "nt", "bf", "sc"};

Family family_of(std::string_view sensor) {
  // The drawn scene of heliograph-cam is set as one.
  if (sensor.starts_with("arducam-mega") || sensor == "scene") return Family::mega;
  const bool esp = std::ranges::any_of(
      esp_sensors, [sensor](std::string_view beginning) { return sensor.starts_with(beginning); });
  return esp ? Family::esp : Family::any;
}

Result<void> check_value(const Setting& setting, const boost::json::value& value) {
  const auto wrong = [&](const std::string& must_be) {
    return Error{ErrorKind::bad_request, "`" + std::string(setting.key) + "` must be " + must_be};
  };
  switch (setting.kind) {
    case Kind::number: {
      const auto* number = value.if_int64();
      if (number != nullptr && *number >= setting.least && *number <= setting.most) return {};
      return wrong("a whole number from " + std::to_string(setting.least) + " to " +
                   std::to_string(setting.most));
    }
    case Kind::flag:
      if (value.is_bool()) return {};
      return wrong("true or false");
    case Kind::word:
      break;
  }
  const auto* text = value.if_string();
  const auto is_it = [text](const std::string& word) { return std::string_view(*text) == word; };
  if (text != nullptr && std::ranges::any_of(setting.words, is_it)) return {};
  std::string list = "one of";
  for (const std::string& word : setting.words) list.append(" ").append(word);
  return wrong(list);
}

std::int64_t number_in(const boost::json::object& object, std::string_view key, std::int64_t otherwise) {
  const auto* value = object.if_contains({key.data(), key.size()});
  const auto* number = value != nullptr ? value->if_int64() : nullptr;
  return number != nullptr ? *number : otherwise;
}

}  // namespace

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::number:
      return "number";
    case Kind::flag:
      return "flag";
    case Kind::word:
      break;
  }
  return "word";
}

std::vector<Setting> settings_of(const Capabilities& capabilities) {
  const Family family = family_of(capabilities.sensor);
  std::vector<Setting> settings;
  for (const Rule& rule : rules) {
    if (rule.family != Family::any && rule.family != family) continue;
    if (!offers(capabilities.settings, rule.key)) continue;
    Setting setting{rule.key,   rule.kind, rule.unit,
                    rule.least, rule.most, {rule.words.begin(), rule.words.end()}};
    if (rule.key == "resolution" && capabilities.resolutions) setting.words = *capabilities.resolutions;
    settings.push_back(std::move(setting));
  }
  return settings;
}

Result<std::string> check_settings(const boost::json::object& values, const std::vector<Setting>& settings) {
  boost::json::object kept;
  for (const auto& [key, value] : values) {
    const auto setting = std::ranges::find(settings, std::string_view(key.data(), key.size()), &Setting::key);
    if (setting == settings.end()) {
      return Error{ErrorKind::bad_request, "this camera has no setting `" + std::string(key) + "`"};
    }
    if (value.is_null()) continue;
    if (auto checked = check_value(*setting, value); !checked) return checked.error();
    kept.emplace(key, value);
  }
  return boost::json::serialize(kept);
}

Rhythm read_rhythm(std::string_view json) {
  Rhythm rhythm;
  boost::system::error_code failed;
  const boost::json::value value = boost::json::parse({json.data(), json.size()}, failed);
  const auto* object = failed ? nullptr : value.if_object();
  if (object == nullptr) return rhythm;
  if (const auto interval_s = number_in(*object, "interval_s", 0); interval_s > 0) {
    rhythm.interval = std::chrono::seconds(interval_s);
  }
  const auto* daylight = object->if_contains("daylight_only");
  rhythm.schedule = {number_in(*object, "active_from_min", 0), number_in(*object, "active_to_min", 0),
                     number_in(*object, "time_zone_min", 0),
                     daylight != nullptr && daylight->is_bool() && daylight->get_bool()};
  return rhythm;
}

}  // namespace heliograph::cameras
