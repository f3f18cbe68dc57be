// How a camera can be set: one table, and what of it a given camera has. Pure.
#pragma once

#include "protocol/schedule.hpp"
#include "server/base/base.hpp"
#include "server/cameras/capabilities.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/fwd.hpp>

namespace heliograph::cameras {

struct Setting {
  enum class Kind { number, flag, word };
  std::string_view key;
  Kind kind = Kind::number;
  std::string_view unit;           // of a number; empty: it has none
  std::int64_t least = 0;          // of a number
  std::int64_t most = 0;           //
  std::vector<std::string> words;  // what a word may be
};
std::string_view to_string(Setting::Kind kind);

// What this camera can be set to: what every camera has, and what its sensor has, but for what it says that
// it does not know.
std::vector<Setting> settings_of(const Capabilities& capabilities);

// The values as they are kept and told: a null is left out, which leaves the setting to the camera.
// bad_request, naming the setting: the camera has none of this name, or cannot be set so.
Result<std::string> check_settings(const boost::json::object& values, const std::vector<Setting>& settings);

// What of settings (JSON, as check_settings made it) decides when a camera looks. Absent: not set.
struct Rhythm {
  std::optional<std::chrono::seconds> interval;
  protocol::Schedule schedule;
};
Rhythm read_rhythm(std::string_view json);

}  // namespace heliograph::cameras
