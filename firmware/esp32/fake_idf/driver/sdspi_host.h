// Of our own, for the host: as much of ESP-IDF's <driver/sdspi_host.h> as firmware/esp32 uses. See README.md.
#pragma once

#include <sd_protocol_types.h>

#include <driver/gpio.h>
#include <driver/spi_master.h>

struct sdspi_device_config_t {
  spi_host_device_t host_id;
  gpio_num_t gpio_cs;
};
#define SDSPI_HOST_DEFAULT() sdmmc_host_t{1, 20'000}
#define SDSPI_DEVICE_CONFIG_DEFAULT() \
  sdspi_device_config_t {}
