#include "firmware/esp32/port/device_board.hpp"

#include <esp_heap_caps.h>

namespace heliograph::firmware {

namespace {

constexpr std::string_view picture_commands = R"("capture","burst",)";
constexpr std::string_view own_capabilities =
    R"("reboot","identify","sleep-until","format-spool","send-log","self-test",)"
    R"("update-firmware"],"settings":["interval_s","active_from_min","active_to_min","daylight_only",)"
    R"("time_zone_min","sleep","live_max_fps","live_max_kbps","monthly_budget_mb")";

}  // namespace

DeviceBoard::DeviceBoard(const BoardPins& pins, const Parts& parts)
    : pins_(pins), parts_(parts), battery_(pins.battery), solar_(pins.solar) {}

BoardFacts DeviceBoard::facts() const {
  capabilities_.clear();
  capabilities_.append(R"({"commands":[)");
  if (!parts_.sensor.is_missing()) capabilities_.append(picture_commands);
  capabilities_.append(own_capabilities).append(parts_.sensor.capabilities());
  return {parts_.firmware, pins_.model, parts_.sensor.name(), capabilities_.view()};
}

void DeviceBoard::measure(protocol::Telemetry& telemetry) const {
  telemetry.heap_bytes =
      static_cast<std::int64_t>(heap_caps_get_free_size(MALLOC_CAP_INTERNAL | MALLOC_CAP_8BIT));
  telemetry.battery_mv = battery_.read();
  telemetry.solar_mv = solar_.read();
  telemetry.uptime_s = parts_.clock.mono_ms() / 1000;
  telemetry.reset = static_cast<std::int64_t>(parts_.reset);
  if (parts_.network.signal_dbm != 0) telemetry.rssi_dbm = parts_.network.signal_dbm;
  if (!parts_.network.has_fix) return;
  telemetry.lat_e7 = parts_.network.lat_e7;
  telemetry.lon_e7 = parts_.network.lon_e7;
}

std::optional<std::size_t> DeviceBoard::free_block() const {
  return heap_caps_get_largest_free_block(MALLOC_CAP_INTERNAL | MALLOC_CAP_8BIT);
}

void DeviceBoard::limit_live(const LiveLimits& limits) {
  may_sleep_ = !limits.awake;
  may_send_ = limits.sending;
  if (parts_.limit_live != nullptr) parts_.limit_live(limits);
}

void DeviceBoard::identify(std::int64_t seconds) {
  parts_.light.identify(parts_.clock.mono_ms() + seconds * 1000);
}

}  // namespace heliograph::firmware
