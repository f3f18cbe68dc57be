// Tells what happens on the serial line, a line each: for whoever has a cable, and never the camera's key.
#pragma once

#include "firmware/core/platform/log.hpp"

#include <esp_log.h>

namespace heliograph::firmware {

// Any task.
class SerialLog final : public Log {
 public:
  void record(const Event& event) override {
    const std::string_view kind = to_string(event.kind);
    ESP_LOGI("camera", "%.*s %llu %.*s %.*s waiting=%u", static_cast<int>(kind.size()), kind.data(),
             static_cast<unsigned long long>(event.sequence), static_cast<int>(event.label.size()),
             event.label.data(), static_cast<int>(event.detail.size()), event.detail.data(),
             static_cast<unsigned>(event.waiting));
  }
};

}  // namespace heliograph::firmware
