// Keeps the chip from dozing while something runs that stands still with its clocks. SPI, cards and the radio
// hold locks of their own while they transfer; a parallel sensor's clock and a serial line do not.
#pragma once

#include <esp_pm.h>

namespace heliograph::firmware {

// One task at a time.
class AwakeLock {
 public:
  // `name` outlives this.
  explicit AwakeLock(const char* name) {
    if (esp_pm_lock_create(ESP_PM_NO_LIGHT_SLEEP, 0, name, &lock_) != ESP_OK) lock_ = nullptr;
  }
  AwakeLock(const AwakeLock&) = delete;
  AwakeLock& operator=(const AwakeLock&) = delete;
  ~AwakeLock() {
    hold(false);
    if (lock_ != nullptr) esp_pm_lock_delete(lock_);
  }

  void hold(bool holds) {
    if (lock_ == nullptr || holds == holds_) return;
    holds_ = holds;
    holds ? esp_pm_lock_acquire(lock_) : esp_pm_lock_release(lock_);
  }
  // False: there is no memory for it, or no power management, and it keeps nobody awake.
  bool works() const { return lock_ != nullptr; }

 private:
  esp_pm_lock_handle_t lock_ = nullptr;
  bool holds_ = false;
};

}  // namespace heliograph::firmware
