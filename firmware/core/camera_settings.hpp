// How a camera is set, read from JSON: what the core obeys itself, and what it hands to its board. Pure.
#pragma once

#include "firmware/core/platform/board.hpp"
#include "firmware/core/text.hpp"
#include "protocol/schedule.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace heliograph::firmware {

// Bytes of settings as JSON: twice what naming every one of them takes.
inline constexpr std::size_t max_settings = 1024;
using SettingsText = Text<max_settings>;

// What a camera does between its pictures.
enum class SleepPolicy {
  awake,  // holds its link, and speaks as often as it is to
  light,  // speaks as often as it is to, and holds no connection in between
  deep    // speaks only when it has a picture, or something to tell
};

struct CameraSettings {
  std::optional<std::int64_t> interval_ms;
  protocol::Schedule schedule;
  SleepPolicy sleep = SleepPolicy::awake;
  LiveLimits live;
  std::optional<std::int64_t> monthly_budget_bytes;
  ImageSettings image;
};

// `settings` is what was read when there is no complaint: the whole of it, or nothing.
Complaint read_settings(std::string_view json, CameraSettings& settings);

}  // namespace heliograph::firmware
