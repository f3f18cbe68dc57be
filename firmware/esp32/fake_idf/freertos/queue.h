// Of our own, for the host: as much of ESP-IDF's <freertos/queue.h> as firmware/esp32 uses. See README.md.
#pragma once

#include <freertos/FreeRTOS.h>

using QueueHandle_t = struct FakeQueue*;

QueueHandle_t xQueueCreate(UBaseType_t length, UBaseType_t item_size);
void vQueueDelete(QueueHandle_t queue);
BaseType_t xQueueSend(QueueHandle_t queue, const void* item, TickType_t ticks);
BaseType_t xQueueReceive(QueueHandle_t queue, void* item, TickType_t ticks);
