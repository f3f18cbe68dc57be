// Of our own, for the host: as much of ESP-IDF's <esp_pm.h> as firmware/esp32 uses. See README.md.
#pragma once

#include <esp_err.h>
#include <sdkconfig.h>

struct esp_pm_config_t {
  int max_freq_mhz;
  int min_freq_mhz;
  bool light_sleep_enable;
};
enum esp_pm_lock_type_t { ESP_PM_CPU_FREQ_MAX, ESP_PM_APB_FREQ_MAX, ESP_PM_NO_LIGHT_SLEEP };
struct esp_pm_lock;
using esp_pm_lock_handle_t = esp_pm_lock*;

esp_err_t esp_pm_configure(const void* config);
esp_err_t esp_pm_lock_create(esp_pm_lock_type_t type, int argument, const char* name,
                             esp_pm_lock_handle_t* made);
esp_err_t esp_pm_lock_acquire(esp_pm_lock_handle_t lock);
esp_err_t esp_pm_lock_release(esp_pm_lock_handle_t lock);
esp_err_t esp_pm_lock_delete(esp_pm_lock_handle_t lock);
