// Of our own, for the host: as much of ESP-IDF's <esp_vfs_fat.h> as firmware/esp32 uses. See README.md.
#pragma once

#include <cstdint>
#include <esp_err.h>

#include <driver/sdspi_host.h>

struct esp_vfs_fat_mount_config_t {
  bool format_if_mount_failed;
  int max_files;
};
esp_err_t esp_vfs_fat_sdspi_mount(const char* base, const sdmmc_host_t* host,
                                  const sdspi_device_config_t* slot, const esp_vfs_fat_mount_config_t* config,
                                  sdmmc_card_t** card);
esp_err_t esp_vfs_fat_sdmmc_mount(const char* base, const sdmmc_host_t* host, const void* slot,
                                  const esp_vfs_fat_mount_config_t* config, sdmmc_card_t** card);
esp_err_t esp_vfs_fat_sdcard_unmount(const char* base, sdmmc_card_t* card);
esp_err_t esp_vfs_fat_info(const char* base, std::uint64_t* total, std::uint64_t* free);
