// Of our own, for the host: as much of ESP-IDF's <esp_random.h> as firmware/esp32 uses. See README.md.
#pragma once

#include <cstddef>
#include <cstdint>

std::uint32_t esp_random();
void esp_fill_random(void* buffer, std::size_t size);
