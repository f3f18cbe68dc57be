// Of our own, for the host: as much of ESP-IDF's <driver/sdmmc_host.h> as firmware/esp32 uses. See README.md.
#pragma once

#include <cstdint>
#include <sd_protocol_types.h>

#include <driver/gpio.h>

#define SOC_SDMMC_USE_GPIO_MATRIX 1
#define SDMMC_SLOT_FLAG_INTERNAL_PULLUP (1U << 0)

struct sdmmc_slot_config_t {
  gpio_num_t clk;
  gpio_num_t cmd;
  gpio_num_t d0;
  std::uint8_t width;
  std::uint32_t flags;
};
#define SDMMC_HOST_DEFAULT() sdmmc_host_t{0, 20'000}
#define SDMMC_SLOT_CONFIG_DEFAULT() \
  sdmmc_slot_config_t {}
