// Of our own, for the host: as much of ESP-IDF's <freertos/task.h> as firmware/esp32 uses. See README.md.
#pragma once

#include <freertos/FreeRTOS.h>

using TaskHandle_t = struct FakeTask*;

BaseType_t xTaskCreate(void (*task)(void*), const char* name, std::uint32_t stack_size, void* argument,
                       UBaseType_t priority, TaskHandle_t* handle);
void vTaskDelete(TaskHandle_t task);
void vTaskDelay(TickType_t ticks);
