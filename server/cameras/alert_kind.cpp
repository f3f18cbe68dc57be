#include "server/cameras/alert_kind.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace heliograph::cameras {
namespace {

constexpr std::array<std::pair<AlertKind, std::string_view>, 9> names{
    {{AlertKind::doubted, "doubted"},
     {AlertKind::silent, "silent"},
     {AlertKind::frozen, "frozen"},
     {AlertKind::refused, "refused"},
     {AlertKind::battery, "battery"},
     {AlertKind::spool, "spool"},
     {AlertKind::clock, "clock"},
     {AlertKind::storage, "storage"},
     {AlertKind::certificate, "certificate"}}};

}  // namespace

std::string_view to_string(AlertKind kind) {
  return std::ranges::find(names, kind, &decltype(names)::value_type::first)->second;
}

std::optional<AlertKind> parse_alert_kind(std::string_view text) {
  const auto* found = std::ranges::find(names, text, &decltype(names)::value_type::second);
  if (found == names.end()) return std::nullopt;
  return found->first;
}

bool is_of_a_camera(AlertKind kind) {
  return kind < AlertKind::storage;
}

std::vector<AlertKind> all_alert_kinds() {
  std::vector<AlertKind> kinds;
  for (const auto& [kind, name] : names) kinds.push_back(kind);
  return kinds;
}

}  // namespace heliograph::cameras
