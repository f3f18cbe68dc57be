// Of our own, for the host: as much of ESP-IDF's <esp_partition.h> as firmware/esp32 uses. See README.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <esp_err.h>

enum esp_partition_subtype_t { ESP_PARTITION_SUBTYPE_APP_OTA_0 = 0x10, ESP_PARTITION_SUBTYPE_APP_OTA_1 };
struct esp_partition_t {
  esp_partition_subtype_t subtype;
  std::uint32_t size;
};
esp_err_t esp_partition_read(const esp_partition_t* partition, std::size_t at, void* out, std::size_t size);
esp_err_t esp_partition_write(const esp_partition_t* partition, std::size_t at, const void* data,
                              std::size_t size);
esp_err_t esp_partition_erase_range(const esp_partition_t* partition, std::size_t at, std::size_t size);
