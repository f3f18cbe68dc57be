// Of our own, for the host: as much of ESP-IDF's <esp_vfs_eventfd.h> as firmware/esp32 uses. See README.md.
#pragma once

#include <cstddef>
#include <esp_err.h>
#include <sys/eventfd.h>

struct esp_vfs_eventfd_config_t {
  std::size_t max_fds;
};
esp_err_t esp_vfs_eventfd_register(const esp_vfs_eventfd_config_t* config);
