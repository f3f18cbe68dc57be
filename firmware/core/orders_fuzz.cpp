// Whatever a server answers: what is taken of it is within what a camera may be asked.
#include "firmware/core/camera_settings.hpp"
#include "firmware/core/orders.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace heliograph::firmware;
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  const Orders orders = read_orders(body);
  if (orders.command) {
    const CommandOrder& command = *orders.command;
    if (command.id.empty() || command.count < 1 || command.count > max_burst) std::abort();
    if (command.interval_ms < 0 || command.interval_ms > max_burst_interval_ms) std::abort();
    if (command.seconds < 0 || command.seconds > 60 || command.until_ms < 0) std::abort();
    if (command.lines < 1 || command.lines > max_log_lines) std::abort();
  }
  CameraSettings settings;
  const std::string_view values = orders.settings ? orders.settings->values : body;
  if (!read_settings(values, settings).empty()) return 0;
  if (settings.interval_ms.value_or(1) < 1 || settings.monthly_budget_bytes.value_or(1) < 1) std::abort();
  if (settings.image.rotation.value_or(0) % 90 != 0) std::abort();
  return 0;
}
