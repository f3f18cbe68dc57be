#include "firmware/linux/linux_board.hpp"

#include "firmware/linux/version.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <tuple>
#include <utility>

#include <fmt/format.h>

namespace heliograph::firmware {
namespace {

constexpr std::array<std::pair<int, int>, 6> resolutions{
    {{320, 240}, {640, 480}, {800, 600}, {1024, 768}, {1280, 720}, {1600, 1200}}};

constexpr std::string_view commands =
    R"("capture","burst","reboot","identify","sleep-until","format-spool","self-test")";
constexpr std::string_view settings =
    R"("interval_s","active_from_min","active_to_min","daylight_only","time_zone_min")";

std::string capabilities_with(bool scene, bool takes_updates) {
  std::string told = fmt::format(R"({{"commands":[{}{}],"settings":[{}{}])", commands,
                                 takes_updates ? R"(,"update-firmware")" : "", settings,
                                 scene ? R"(,"resolution","quality")" : "");
  if (scene) {
    std::string list;
    for (const auto& [width, height] : resolutions) list += fmt::format(R"(,"{}x{}")", width, height);
    told += fmt::format(R"(,"resolutions":[{}])", list.substr(1));
  }
  return told + "}";
}

}  // namespace

LinuxBoard::LinuxBoard(SceneSource* scene, const SceneOptions& usual, Log& log, bool takes_updates)
    : scene_(scene),
      usual_(usual),
      log_(log),
      capabilities_(capabilities_with(scene != nullptr, takes_updates)) {}

BoardFacts LinuxBoard::facts() const {
  return {program_version(), program_model(), scene_ != nullptr ? "scene" : "linux", capabilities_};
}

Complaint LinuxBoard::apply(const ImageSettings& settings) {
  if (scene_ == nullptr) {
    const bool none = settings.resolution.empty() && !settings.quality;
    return none ? Complaint() : Complaint("the pictures of a folder or a webcam are as they are");
  }
  int width = usual_.width;
  int height = usual_.height;
  if (!settings.resolution.empty()) {
    const auto wanted = std::find_if(resolutions.begin(), resolutions.end(), [&](const auto& size) {
      return fmt::format("{}x{}", size.first, size.second) == settings.resolution.view();
    });
    if (wanted == resolutions.end()) return Complaint("`resolution` is none of this camera's");
    width = wanted->first;
    height = wanted->second;
  }
  scene_->set(width, height, static_cast<int>(settings.quality.value_or(usual_.quality)));
  return {};
}

void LinuxBoard::identify(std::int64_t seconds) {
  const std::string light = fmt::format("here I am, for {} s", seconds);
  Event event;
  event.kind = EventKind::identified;
  event.detail = light;
  log_.record(event);
}

SceneOptions LinuxBoard::largest(const SceneOptions& usual) {
  SceneOptions largest = usual;
  for (const auto& [width, height] : resolutions) {
    if (width * height > largest.width * largest.height)
      std::tie(largest.width, largest.height) = std::pair(width, height);
  }
  return largest;
}

}  // namespace heliograph::firmware
