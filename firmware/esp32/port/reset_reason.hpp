// Why the board started, in the protocol's words.
#pragma once

#include "protocol/telemetry.hpp"

#include <esp_system.h>

namespace heliograph::firmware {

inline protocol::ResetReason reset_reason_of(esp_reset_reason_t reason) {
  switch (reason) {
    case ESP_RST_POWERON:
      return protocol::ResetReason::power_on;
    case ESP_RST_EXT:
      return protocol::ResetReason::pin;
    case ESP_RST_SW:
      return protocol::ResetReason::software;
    case ESP_RST_PANIC:
      return protocol::ResetReason::panic;
    case ESP_RST_INT_WDT:
    case ESP_RST_TASK_WDT:
    case ESP_RST_WDT:
      return protocol::ResetReason::watchdog;
    case ESP_RST_DEEPSLEEP:
      return protocol::ResetReason::deep_sleep;
    case ESP_RST_BROWNOUT:
      return protocol::ResetReason::brownout;
    default:
      return protocol::ResetReason::unknown;
  }
}

}  // namespace heliograph::firmware
