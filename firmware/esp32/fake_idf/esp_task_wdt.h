// Of our own, for the host: as much of ESP-IDF's <esp_task_wdt.h> as firmware/esp32 uses. See README.md.
#pragma once

#include <cstdint>
#include <esp_err.h>

#include <freertos/task.h>

struct esp_task_wdt_config_t {
  std::uint32_t timeout_ms;
  std::uint32_t idle_core_mask;
  bool trigger_panic;
};
esp_err_t esp_task_wdt_init(const esp_task_wdt_config_t* config);
esp_err_t esp_task_wdt_reconfigure(const esp_task_wdt_config_t* config);
esp_err_t esp_task_wdt_add(TaskHandle_t task);
esp_err_t esp_task_wdt_reset();
