// Of our own, for the host: as much of ESP-IDF's <freertos/semphr.h> as firmware/esp32 uses. See README.md.
#pragma once

#include <freertos/FreeRTOS.h>

using SemaphoreHandle_t = struct FakeSemaphore*;

SemaphoreHandle_t xSemaphoreCreateBinary();
SemaphoreHandle_t xSemaphoreCreateMutex();
void vSemaphoreDelete(SemaphoreHandle_t semaphore);
BaseType_t xSemaphoreTake(SemaphoreHandle_t semaphore, TickType_t ticks);
BaseType_t xSemaphoreGive(SemaphoreHandle_t semaphore);
