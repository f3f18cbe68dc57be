// Of our own, for the host: as much of ESP-IDF's <esp_heap_caps.h> as firmware/esp32 uses. See README.md.
#pragma once

#include <cstddef>
#include <cstdint>

#define MALLOC_CAP_8BIT (1U << 2)
#define MALLOC_CAP_DMA (1U << 3)
#define MALLOC_CAP_SPIRAM (1U << 10)
#define MALLOC_CAP_INTERNAL (1U << 11)

void* heap_caps_malloc(std::size_t size, std::uint32_t capabilities);
void* heap_caps_calloc(std::size_t count, std::size_t size, std::uint32_t capabilities);
void heap_caps_free(void* memory);
std::size_t heap_caps_get_free_size(std::uint32_t capabilities);
std::size_t heap_caps_get_total_size(std::uint32_t capabilities);
std::size_t heap_caps_get_largest_free_block(std::uint32_t capabilities);
