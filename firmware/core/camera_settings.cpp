#include "firmware/core/camera_settings.hpp"

#include "firmware/core/json_text.hpp"

#include <utility>

namespace heliograph::firmware {
namespace {

constexpr std::int64_t bytes_a_megabyte = 1'000'000;

// As they are told, before they become the core's own units.
struct Told {
  std::optional<std::int64_t> interval_s;
  std::optional<std::int64_t> monthly_budget_mb;
  ImageWord rotation;
  ImageWord sleep;
};

struct Number {
  std::string_view key;
  std::int64_t least;
  std::int64_t most;
  std::optional<std::int64_t>* into;
};
struct Flag {
  std::string_view key;
  std::optional<bool>* into;
};
struct Word {
  std::string_view key;
  ImageWord* into;
};

Complaint take_number(const Number& number, std::string_view value) {
  const auto read = read_json_integer(value);
  if (!read || *read < number.least || *read > number.most)
    return complaint_about(number.key, "is out of its range");
  *number.into = read;
  return {};
}

Complaint take_flag(const Flag& flag, std::string_view value) {
  if (value != "true" && value != "false") return complaint_about(flag.key, "must be true or false");
  *flag.into = value == "true";
  return {};
}

Complaint take_word(const Word& word, std::string_view value) {
  word.into->clear();
  JsonStringReader reader(value);
  while (const auto byte = reader.next()) word.into->append(*byte);
  return word.into->empty() || word.into->truncated()
             ? complaint_about(word.key, "must be a word of this camera's")
             : Complaint();
}

// One reading of settings: where each member goes.
class Reading {
 public:
  Complaint take(std::string_view key, std::string_view value) {
    for (const Number& number : numbers_) {
      if (number.key == key) return take_number(number, value);
    }
    for (const Flag& flag : flags_) {
      if (flag.key == key) return take_flag(flag, value);
    }
    for (const Word& word : words_) {
      if (word.key == key) return take_word(word, value);
    }
    return complaint_about(key, "cannot be set here");
  }

  Complaint finish(CameraSettings& settings) {
    settings_.schedule.active_from_min = from_min_.value_or(0);
    settings_.schedule.active_to_min = to_min_.value_or(0);
    settings_.schedule.time_zone_min = time_zone_min_.value_or(0);
    settings_.schedule.daylight_only = daylight_only_.value_or(false);
    if (told_.interval_s) settings_.interval_ms = *told_.interval_s * 1000;
    if (told_.monthly_budget_mb) settings_.monthly_budget_bytes = *told_.monthly_budget_mb * bytes_a_megabyte;
    const Complaint complaint = take_rotation();
    if (!complaint.empty()) return complaint;
    const Complaint sleepless = take_sleep();
    if (!sleepless.empty()) return sleepless;
    settings = settings_;
    return {};
  }

 private:
  Complaint take_rotation() {
    if (told_.rotation.empty()) return {};
    constexpr std::pair<std::string_view, int> turns[] = {{"0", 0}, {"90", 90}, {"180", 180}, {"270", 270}};
    for (const auto& [word, degrees] : turns) {
      if (told_.rotation.view() != word) continue;
      settings_.image.rotation = degrees;
      return {};
    }
    return complaint_about("rotation", "must be 0, 90, 180 or 270");
  }

  Complaint take_sleep() {
    const std::string_view word = told_.sleep.view();
    if (word.empty() || word == "awake") return {};
    if (word != "light" && word != "deep") return complaint_about("sleep", "must be awake, light or deep");
    settings_.sleep = word == "light" ? SleepPolicy::light : SleepPolicy::deep;
    return {};
  }

  CameraSettings settings_;
  Told told_;
  std::optional<std::int64_t> from_min_;
  std::optional<std::int64_t> to_min_;
  std::optional<std::int64_t> time_zone_min_;
  std::optional<bool> daylight_only_;

  // A range is the widest of any sensor; the board knows its own.
  const Number numbers_[15] = {
      {"interval_s", 1, 86'400, &told_.interval_s},
      {"active_from_min", 0, protocol::minutes_a_day - 1, &from_min_},
      {"active_to_min", 0, protocol::minutes_a_day - 1, &to_min_},
      {"time_zone_min", -720, 840, &time_zone_min_},
      {"live_max_fps", 1, 30, &settings_.live.max_fps},
      {"live_max_kbps", 16, 20'000, &settings_.live.max_kbps},
      {"monthly_budget_mb", 1, 1'000'000, &told_.monthly_budget_mb},
      {"quality", 1, 100, &settings_.image.quality},
      {"exposure_lines", 0, 30'000, &settings_.image.exposure_lines},
      {"exposure_bias", -3, 3, &settings_.image.exposure_bias},
      {"iso_gain", 0, 1023, &settings_.image.iso_gain},
      {"brightness", -4, 4, &settings_.image.brightness},
      {"contrast", -3, 3, &settings_.image.contrast},
      {"saturation", -3, 3, &settings_.image.saturation},
      {"sharpness", 0, 8, &settings_.image.sharpness},
  };
  const Flag flags_[3] = {
      {"daylight_only", &daylight_only_},
      {"auto_exposure", &settings_.image.auto_exposure},
      {"auto_iso", &settings_.image.auto_iso},
  };
  const Word words_[5] = {
      {"resolution", &settings_.image.resolution},
      {"rotation", &told_.rotation},
      {"sleep", &told_.sleep},
      {"white_balance", &settings_.image.white_balance},
      {"effect", &settings_.image.effect},
  };
};

}  // namespace

Complaint read_settings(std::string_view json, CameraSettings& settings) {
  if (json.size() > max_settings) return Complaint("these are too many settings for this camera");
  Reading reading;
  JsonMembers members(json);
  while (const auto member = members.next()) {
    const Complaint complaint = reading.take(member->key, member->value);
    if (!complaint.empty()) return complaint;
  }
  if (!members.whole()) return Complaint("the settings are no JSON object");
  return reading.finish(settings);
}

}  // namespace heliograph::firmware
