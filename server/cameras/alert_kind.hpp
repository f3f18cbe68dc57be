// What somebody may have to be told of, by its name. Pure.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace heliograph::cameras {

// In the order of what is lost while nobody comes; those of a camera first, then those of the server itself.
enum class AlertKind {
  doubted,     // its key was seen in two places at once, and what it sends goes to quarantine
  silent,      // as of Presence
  frozen,      // as of Health
  refused,     // a picture of it, lately
  battery,     // a lithium cell that is nearly empty
  spool,       // pictures pile up in it
  clock,       // it is minutes off
  storage,     // the disk is nearly full
  certificate  // it ends soon, and nobody has renewed it
};
std::string_view to_string(AlertKind kind);
std::optional<AlertKind> parse_alert_kind(std::string_view text);
bool is_of_a_camera(AlertKind kind);
// Each of them, in order.
std::vector<AlertKind> all_alert_kinds();

}  // namespace heliograph::cameras
