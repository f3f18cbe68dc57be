#include "firmware/linux/linux_board.hpp"

#include "firmware/linux/restart.hpp"
#include "firmware/linux/scene_look.hpp"
#include "firmware/linux/version.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <sys/sysinfo.h>
#include <tuple>
#include <utility>

#include <fmt/format.h>

namespace heliograph::firmware {
namespace {

constexpr std::array<std::pair<int, int>, 6> resolutions{
    {{320, 240}, {640, 480}, {800, 600}, {1024, 768}, {1280, 720}, {1600, 1200}}};

constexpr std::string_view commands =
    R"("capture","burst","reboot","identify","sleep-until","format-spool","send-log","self-test")";
constexpr std::string_view settings =
    R"("interval_s","active_from_min","active_to_min","daylight_only","time_zone_min","sleep","live_max_fps",)"
    R"("live_max_kbps","monthly_budget_mb")";

std::string capabilities_with(bool scene, bool takes_updates) {
  std::string told = fmt::format(R"({{"commands":[{}{}],"settings":[{})", commands,
                                 takes_updates ? R"(,"update-firmware")" : "", settings);
  if (!scene) return told + "]}";
  std::string list;
  for (const auto& [width, height] : resolutions) list += fmt::format(R"(,"{}x{}")", width, height);
  return told + fmt::format(R"(,"resolution","quality","rotation",{}],"resolutions":[{}]}})", look_settings(),
                            list.substr(1));
}

// What of a setting concerns the picture, and is none of a folder's or a webcam's.
bool is_as_it_is(const ImageSettings& s) {
  const bool words = s.resolution.empty() && s.white_balance.empty() && s.effect.empty();
  const bool exposed =
      !s.auto_exposure && !s.exposure_lines && !s.exposure_bias && !s.auto_iso && !s.iso_gain;
  return words && exposed && !s.quality && !s.rotation && !s.brightness && !s.contrast && !s.saturation &&
         !s.sharpness;
}

}  // namespace

LinuxBoard::LinuxBoard(SceneSource* scene, const SceneOptions& usual, Log& log, bool takes_updates)
    : usual_(usual), log_(log), capabilities_(capabilities_with(scene != nullptr, takes_updates)) {
  if (scene != nullptr) scenes_.push_back(scene);
}

void LinuxBoard::shows_live(SceneSource* scene, std::function<void(const LiveLimits&)> limit) {
  if (scene != nullptr) scenes_.push_back(scene);
  limit_live_ = std::move(limit);
}

BoardFacts LinuxBoard::facts() const {
  return {program_version(), program_model(), scenes_.empty() ? "linux" : "scene", capabilities_};
}

void LinuxBoard::measure(protocol::Telemetry& telemetry) const {
  struct sysinfo info{};
  if (::sysinfo(&info) == 0) telemetry.heap_bytes = static_cast<std::int64_t>(info.freeram) * info.mem_unit;
  telemetry.reset = static_cast<std::int64_t>(reset_reason());
}

Complaint LinuxBoard::apply(const ImageSettings& settings) {
  if (scenes_.empty()) {
    return is_as_it_is(settings) ? Complaint()
                                 : Complaint("the pictures of a folder or a webcam are as they are");
  }
  SceneForm form;
  const Complaint complaint = form_of(settings, form);
  if (!complaint.empty()) return complaint;
  for (SceneSource* scene : scenes_) scene->set(form);
  return {};
}

Complaint LinuxBoard::form_of(const ImageSettings& settings, SceneForm& form) const {
  form.width = usual_.width;
  form.height = usual_.height;
  form.quality = static_cast<int>(settings.quality.value_or(usual_.quality));
  form.quarters = settings.rotation.value_or(0) / 90;
  if (!settings.resolution.empty()) {
    const auto wanted = std::find_if(resolutions.begin(), resolutions.end(), [&](const auto& size) {
      return fmt::format("{}x{}", size.first, size.second) == settings.resolution.view();
    });
    if (wanted == resolutions.end()) return Complaint("`resolution` is none of this camera's");
    std::tie(form.width, form.height) = *wanted;
  }
  return read_look(settings, form.look);
}

void LinuxBoard::limit_live(const LiveLimits& limits) {
  if (limit_live_) limit_live_(limits);
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
