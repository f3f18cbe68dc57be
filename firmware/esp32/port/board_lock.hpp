// FreeRTOS's mutex, which lends its holder the priority of whoever waits.
#pragma once

#include "firmware/core/platform/lock.hpp"

#include <freertos/FreeRTOS.h>
#include <freertos/semphr.h>

namespace heliograph::firmware {

class BoardLock final : public Lock {
 public:
  BoardLock() : mutex_(xSemaphoreCreateMutex()) {}
  BoardLock(const BoardLock&) = delete;
  BoardLock& operator=(const BoardLock&) = delete;
  ~BoardLock() { vSemaphoreDelete(mutex_); }

  void lock() override { xSemaphoreTake(mutex_, portMAX_DELAY); }
  void unlock() override { xSemaphoreGive(mutex_); }

 private:
  SemaphoreHandle_t mutex_;
};

}  // namespace heliograph::firmware
